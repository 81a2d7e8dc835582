// Runs programs in separate processes and measures their resources.
import { fileURLToPath } from 'node:url';
import { reasonOf, ROOT, runProgram } from '../support/launcher';

const USAGE = fileURLToPath(new URL('usage.mjs', import.meta.url));

async function run(program, args, { input = '', env = {} }) {
	const start = performance.now();
	const outcome = await runProgram(ROOT, program, args, input, { ...process.env, ...env });
	const wall = (performance.now() - start) / 1000;
	const { code, errors } = outcome;
	if (code !== 0) throw new Error(reasonOf(errors || `${args.join(' ')}: status ${code}`));
	return { ...outcome, wall };
}

const lastLine = (text) => JSON.parse(text.trim().split('\n').at(-1));

/**
 * Runs Node and discards its output, so that reading the output takes no CPU time. @returns wall-clock seconds, seconds
 * of user-mode CPU time in all threads, and peak megabytes
 */
export async function measure(args, env) {
	const script = 'exec "$0" "$@" > /dev/null';
	const all = ['-c', script, process.execPath, '--import', USAGE, ...args];
	const { errors, wall } = await run('sh', all, { env });
	const { userCPUTime, maxRSS } = lastLine(errors);
	return { wall, cpu: userCPUTime / 1e6, megabytes: (maxRSS * 1024) / 1e6 };
}

/** Passes a job to a program. @returns the program's answer, and the wall-clock seconds that its process took */
export async function ask(program, args, job, env) {
	const { output, wall } = await run(program, args, { input: JSON.stringify(job), env });
	return { answer: lastLine(output), wall };
}
