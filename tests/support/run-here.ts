import { vi } from 'vitest';
import { run } from '../../src/cli/main';
import { nodeIo } from '../../src/cli/io';
import type { Outcome } from './launcher';

/**
 * Runs `bpe-lab` in this process, on the files of `folder` and without standard input. Starting it takes longer than most
 * commands.
 * @param env variables in addition to those of this process
 */
export async function runHere(
	folder: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = {}
): Promise<Outcome> {
	const formerFolder = process.cwd();
	const formerEnv = { ...process.env };
	const written = { stdout: '', stderr: '' };
	// Each run listens for errors of standard output.
	process.stdout.setMaxListeners(0);
	process.stderr.setMaxListeners(0);
	const capture = (stream: 'stdout' | 'stderr') =>
		vi.spyOn(process[stream], 'write').mockImplementation((text, done?: unknown) => {
			written[stream] += String(text);
			if (typeof done === 'function') (done as () => void)();
			return true;
		});
	const spies = [capture('stdout'), capture('stderr')];
	process.chdir(folder);
	Object.assign(process.env, env);
	try {
		const code = await run(args, nodeIo());
		return { code, output: written.stdout, errors: written.stderr };
	} finally {
		for (const spy of spies) spy.mockRestore();
		process.chdir(formerFolder);
		for (const name of Object.keys(env)) {
			const value = formerEnv[name];
			if (value === undefined) Reflect.deleteProperty(process.env, name);
			else process.env[name] = value;
		}
	}
}
