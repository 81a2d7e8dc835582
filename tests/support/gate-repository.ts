/** Repositories in which to run `bpe-lab gate`, and tokenizers for them. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { nodeIo } from '../../src/cli/io';
import { run } from '../../src/cli/main';
import type { Outcome } from './launcher';
import { GIT_ENV, ScratchRepository } from './scratch-repository';

/** Parent folder of all repositories that a test file creates. */
export let root = '';
/** Folder for the command's temporary files. */
export let temporary = '';

/** Creates {@link root} before a test file's tests, and removes it afterwards. */
export function useRepositories(): void {
	beforeAll(() => {
		root = mkdtempSync(join(tmpdir(), 'bpe-lab-gate-test-'));
		temporary = join(root, 'temporary');
		mkdirSync(temporary);
	});
	afterAll(() => rmSync(root, { recursive: true }));
}

export const vocab = { a: 0, b: 1, ab: 2, ba: 3 };
export const jsonOf = (merges: readonly string[], extra: object = {}) =>
	JSON.stringify({ model: { type: 'BPE', vocab, merges }, ...extra });

/** Of these three tokenizers, the first two encode "abab" as [2, 2], and the last encodes it as [0, 3, 1]. */
export const ORIGINAL = jsonOf(['a b', 'b a']);
export const INNOCENT = JSON.stringify(JSON.parse(ORIGINAL), null, 4);
export const HARMFUL = jsonOf(['b a', 'a b']);

/**
 * Runs `bpe-lab` on the files in `folder`, without standard input. Runs in this process, because starting a process
 * takes longer than most commands.
 * @param env environment variables to add to this process's own
 */
async function runHere(
	folder: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = {}
): Promise<Outcome> {
	const formerFolder = process.cwd();
	const formerEnv = { ...process.env };
	const written = { stdout: '', stderr: '' };
	// Each call of `nodeIo` adds an `error` listener to both streams.
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

/** A repository that `bpe-lab gate` can run in. */
export class GateRepository extends ScratchRepository {
	constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
		super(root, files);
	}

	async gate(args: readonly string[] = [], folder = '.', more: NodeJS.ProcessEnv = {}) {
		const words = ['gate', '--probes', 'quick', ...args];
		const env = { ...GIT_ENV, TMPDIR: temporary, ...more };
		const outcome = await runHere(join(this.path, folder), words, env);
		expect(readdirSync(temporary)).toEqual([]);
		const titles = outcome.output.match(/^\S.* → .*$/gm) ?? [];
		return { ...outcome, titles, lastLine: outcome.output.trimEnd().split('\n').at(-1) };
	}

	link(name: string, target: string): void {
		rmSync(join(this.path, name), { force: true });
		mkdirSync(dirname(join(this.path, name)), { recursive: true });
		symlinkSync(target, join(this.path, name));
	}
}

export const counts = (
	compared: number,
	added: number,
	gone: number,
	renamed: number,
	skipped: number
) => `compared ${compared}, new ${added}, gone ${gone}, renamed ${renamed}, skipped ${skipped}`;
export const NOTHING = `${counts(0, 0, 0, 0, 0)}: nothing to compare`;
/** End of the output's last line if files were compared without Hugging Face's library. */
export const NOT_ASKED = '; not run or not completed: loads';
