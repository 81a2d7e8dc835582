/** Bad usage or bad input, which the user can fix. The message is one line, written for users; exit code 2. */
export class UserError extends Error {
	override readonly name = 'UserError';
}

/** A failed check, which the output explains. The message is one line, written for users; exit code 1. */
export class GateFailed extends Error {
	override readonly name = 'GateFailed';
}

/** The reader of the output has closed it (`bpe-lab … | head`). The command stops quietly. */
export class OutputClosed extends Error {
	override readonly name = 'OutputClosed';
}

/** Message of any error as a single line, for standard error. */
export function oneLine(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}

/**
 * Runs `work`, synchronous or asynchronous, and prefixes the messages of its errors with `name`. A UserError passes
 * unchanged.
 * @param name of the file or option that the work is about
 * @throws UserError
 */
export function named<T>(name: string, work: () => T): T {
	const fail = (error: unknown): never => {
		if (error instanceof UserError) throw error;
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	};
	try {
		const result = work();
		return result instanceof Promise ? (result.catch(fail) as T) : result;
	} catch (error) {
		return fail(error);
	}
}

export function systemCode(error: unknown): string | null {
	return error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: null;
}

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EISDIR: 'this is a folder, expected a file',
	ENOTDIR: 'part of this path is a file, expected a folder',
	EACCES: 'permission denied',
	ELOOP: 'symbolic links lead round in circles, or to where no link is expected',
	ENAMETOOLONG: 'a name in this path is longer than the file system allows',
	ENXIO: 'this is a socket or a device, expected a file',
	EFBIG: 'the file would be larger than is allowed here',
	ENOSPC: 'the disk is full'
};

/** Turns an error about a file into a UserError. An error without a system code is returned unchanged. */
export function fileError(name: string, error: unknown): Error {
	const code = systemCode(error);
	if (code === null) return error instanceof Error ? error : new Error(String(error));
	return new UserError(`${name}: ${REASONS[code] ?? code}`, { cause: error });
}
