// Runs a Node program in its own process.
import { spawn } from 'node:child_process';
import { pipeline, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const USAGE = fileURLToPath(new URL('usage.mjs', import.meta.url));

/**
 * Runs Node as {@link run} does. Returns wall-clock seconds, CPU seconds in user mode of all threads, and peak megabytes.
 */
export async function measure(args, env = {}, options = {}) {
	const start = performance.now();
	const { usage } = await run(['--import', USAGE, ...args], env, options);
	const wall = (performance.now() - start) / 1000;
	const { userCPUTime, maxRSS } = JSON.parse(usage);
	return { wall, cpu: userCPUTime / 1e6, megabytes: (maxRSS * 1024) / 1e6 };
}

/**
 * Runs Node to its end. `usage`: output on descriptor 3.
 * @param {Iterable<string>} [options.input] standard input
 * @param {number} [options.code] expected exit status
 * @returns {Promise<{ output: string, usage: string }>}
 */
export function run(args, env = {}, { input, code: expected = 0 } = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, args, {
			env: { ...process.env, ...env },
			stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe', 'pipe']
		});
		// A program that refuses its input closes it.
		if (input) pipeline(Readable.from(input, { highWaterMark: 1 }), child.stdin, () => undefined);
		const [output, errors, usage] = [1, 2, 3].map((descriptor) => {
			const parts = [];
			child.stdio[descriptor].on('data', (part) => parts.push(part));
			return parts;
		});
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === expected) resolve({ output: output.join(''), usage: usage.join('') });
			else reject(new Error(`${args.join(' ')} ended with status ${code}: ${errors.join('')}`));
		});
	});
}
