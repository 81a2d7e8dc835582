/** Bad usage or bad input, which the user can fix. The message is one line for users; exit code 2. */
export class UserError extends Error {
	override readonly name = 'UserError';
}

/** A check failed, and the output says why. The message is one line for users; exit code 1. */
export class GateFailed extends Error {
	override readonly name = 'GateFailed';
}

/** The reader of the output has closed it (`bpe-lab … | head`): stop quietly. */
export class OutputClosed extends Error {
	override readonly name = 'OutputClosed';
}

/** Message of any error on one line, for standard error. */
export function oneLine(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}

/** Code of a system error (`ENOENT`), or `null`. */
export function systemCode(error: unknown): string | null {
	return error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: null;
}
