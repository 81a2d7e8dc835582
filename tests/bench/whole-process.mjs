// Runs a Node program in its own process.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const USAGE = fileURLToPath(new URL('usage.mjs', import.meta.url));

/** Runs Node. Returns wall-clock seconds, CPU seconds in user mode of all threads, and peak megabytes. */
export async function measure(args, env = {}) {
	const start = performance.now();
	const { usage } = await run(['--import', USAGE, ...args], env);
	const wall = (performance.now() - start) / 1000;
	const { userCPUTime, maxRSS } = JSON.parse(usage);
	return { wall, cpu: userCPUTime / 1e6, megabytes: (maxRSS * 1024) / 1e6 };
}

/**
 * Runs Node to its end. `usage`: output on descriptor 3.
 * @returns {Promise<{ output: string, usage: string }>}
 */
export function run(args, env = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, args, {
			env: { ...process.env, ...env },
			stdio: ['ignore', 'pipe', 'pipe', 'pipe']
		});
		const [output, errors, usage] = [1, 2, 3].map((descriptor) => {
			const parts = [];
			child.stdio[descriptor].on('data', (part) => parts.push(part));
			return parts;
		});
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve({ output: output.join(''), usage: usage.join('') });
			else reject(new Error(`${args.join(' ')} ended with status ${code}: ${errors.join('')}`));
		});
	});
}
