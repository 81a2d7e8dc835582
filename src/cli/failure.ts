/** Bad usage or bad input, which the user can fix. The message is one line, written for users; exit code 2. */
export class UserError extends Error {
	override readonly name = 'UserError';
}

/** Error for an option combined with others that can't be used with it. */
export const excludeEachOther = (option: string, ...others: readonly string[]): UserError =>
	new UserError(`${option} can't be used with ${others.join(' or ')}; use one or the other`);

/** A failed check; the output explains it. The message is one line, written for users; exit code 1. */
export class GateFailed extends Error {
	override readonly name = 'GateFailed';
}

/** The program reading the output has closed it (`bpe-lab … | head`). The command stops quietly. */
export class OutputClosed extends Error {
	override readonly name = 'OutputClosed';
}

/** Message of any error as a single line, for standard error. */
export function oneLine(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}

/**
 * Runs `work`, which may be asynchronous, and turns its errors into UserErrors whose messages begin with `name`.
 * UserErrors that `work` throws are rethrown unchanged.
 * @param name of the file or option being processed
 */
export function withErrorPrefix<T>(name: string, work: () => T): T {
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
	EISDIR: 'got a folder, expected a file',
	ENOTDIR: 'got a file as part of this path, expected a folder',
	EACCES: 'permission denied; check the permissions of the path',
	ELOOP: 'got a symbolic link that is circular or not allowed here, expected a file',
	ENAMETOOLONG: 'a name in this path is longer than the file system allows; shorten it',
	ENXIO: 'got a socket or a device, expected a file',
	EFBIG: 'the file would be larger than this system allows',
	ENOSPC: 'the disk is full'
};

/** Whether a name that doesn't match any tokenizer looks like a path. */
const isPathLike = (name: string): boolean => /[/\\]|\.[a-z]+$/i.test(name);

/**
 * Error for a name that matches neither a tokenizer nor a file.
 * @param expected how to list ids, and what can be given instead of an id
 */
export function unknownTokenizer(
	name: string,
	expected: { readonly list: string; readonly file: string },
	error?: unknown
): Error {
	if (error !== undefined && isPathLike(name)) return fileError(name, error);
	const { list, file } = expected;
	return new UserError(
		`unknown tokenizer "${name}": expected an id such as cl100k_base (${list}), a model such as gpt-4o, or ${file}`,
		{ cause: error }
	);
}

/** Turns an error about a file into a UserError. An error without a system code is returned unchanged. */
export function fileError(name: string, error: unknown): Error {
	const code = systemCode(error);
	if (code === null) return error instanceof Error ? error : new Error(String(error));
	return new UserError(`${name}: ${REASONS[code] ?? `system error ${code}`}`, { cause: error });
}
