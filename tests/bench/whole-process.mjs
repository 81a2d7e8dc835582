// Runs a Node program in its own process.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const USAGE = fileURLToPath(new URL('usage.mjs', import.meta.url));

/**
 * Runs Node as {@link run} does. Returns wall-clock seconds, CPU seconds in user mode of all threads, and peak megabytes.
 */
export async function measure(args, env = {}) {
	const start = performance.now();
	const usage = await run(['--import', USAGE, ...args], env);
	const wall = (performance.now() - start) / 1000;
	const { userCPUTime, maxRSS } = JSON.parse(usage);
	return { wall, cpu: userCPUTime / 1e6, megabytes: (maxRSS * 1024) / 1e6 };
}

/**
 * Runs Node to its end.
 * @returns {Promise<string>} its output on descriptor 3
 */
function run(args, env) {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, args, {
			env: { ...process.env, ...env },
			stdio: ['ignore', 'ignore', 'pipe', 'pipe']
		});
		const [errors, usage] = [2, 3].map((descriptor) => {
			const parts = [];
			child.stdio[descriptor].on('data', (part) => parts.push(part));
			return parts;
		});
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve(usage.join(''));
			else reject(new Error(`${args.join(' ')} ended with status ${code}: ${errors.join('')}`));
		});
	});
}
