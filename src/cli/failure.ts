/** What the user can put right: bad usage or bad input. The message is one line for people; exit code 2. */
export class UserError extends Error {
	override readonly name = 'UserError';
}

/** What was asked to be checked does not hold, and the output says why. The message is one line for people; exit code 1. */
export class GateFailed extends Error {
	override readonly name = 'GateFailed';
}

/** Whoever read the output has gone (`bpe-lab … | head`): stop quietly. */
export class OutputClosed extends Error {
	override readonly name = 'OutputClosed';
}

/** Any error as the one line that stderr gets. */
export function oneLine(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return message.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}

/** The code of a system error (`ENOENT`), or null. */
export function systemCode(error: unknown): string | null {
	return error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: null;
}
