import { createContext, Script } from 'node:vm';

/** Work took too long and was stopped. */
export class TimeOver extends Error {
	override readonly name = 'TimeOver';
}

/** Only a script of its own can be stopped, also within a regular expression that backtracks without end. */
const script = new Script('run()');
const nothing = () => undefined;
const sandbox: { run: () => void } = { run: nothing };
const context = createContext(sandbox);

/**
 * Runs `run`, and stops it after so many milliseconds; what it was working on is then half done.
 * @throws TimeOver, or whatever `run` throws
 */
export function withinTime(milliseconds: number, run: () => void): void {
	sandbox.run = run;
	try {
		script.runInContext(context, { timeout: milliseconds });
	} catch (error) {
		if (!isTimeout(error)) throw error;
		throw new TimeOver(`more than ${milliseconds} milliseconds`, { cause: error });
	} finally {
		sandbox.run = nothing;
	}
}

/** The error is of the script's realm, so that it is no instance of ours. */
const isTimeout = (error: unknown): boolean =>
	typeof error === 'object' &&
	error !== null &&
	'code' in error &&
	error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
