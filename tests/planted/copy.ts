import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/launcher';

/** A program's exit code, and the end of its output on both streams. */
export interface Ended {
	readonly code: number | null;
	readonly output: string;
}

const MAX_OUTPUT_CHARS = 100_000;
const GENERATED = 'src/lib/generated';

function git(folder: string, ...args: readonly string[]): void {
	execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * A Git worktree of the last commit, with everything that tests need, in an ignored folder of the repository. The
 * worktree can't be in node_modules, because Vitest neither transforms files there nor tracks their imports.
 */
export class Copy {
	readonly path = join(ROOT, 'test-results/planted');
	/** Whether the user has interrupted the program. */
	isStopped = false;
	#child: ChildProcess | null = null;

	/** Creates the copy, and removes it after `work`. */
	static async with<T>(work: (copy: Copy) => Promise<T>): Promise<T> {
		const copy = new Copy();
		// Remove anything left by a killed run.
		copy.#remove();
		const stop = () => copy.#stop();
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
		try {
			await copy.#make();
			return await work(copy);
		} finally {
			for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop);
			copy.#remove();
		}
	}

	async #make(): Promise<void> {
		mkdirSync(dirname(this.path), { recursive: true });
		git(ROOT, 'worktree', 'add', '--quiet', '--detach', this.path, 'HEAD');
		// Hard links are safe, because tests replace package files and never write to them. Caches can't be shared between
		// folders.
		execFileSync('cp', ['-al', join(ROOT, 'node_modules'), this.path]);
		for (const cache of ['.cache', '.vite', '.vite-temp', '.vitest'])
			rmSync(join(this.path, 'node_modules', cache), { recursive: true, force: true });
		if (existsSync(join(ROOT, GENERATED)))
			cpSync(join(ROOT, GENERATED), join(this.path, GENERATED), { recursive: true });
		await this.run('svelte-kit', 'sync');
	}

	#remove(): void {
		rmSync(this.path, { recursive: true, force: true });
		git(ROOT, 'worktree', 'prune');
	}

	restore(file: string): void {
		git(this.path, 'checkout', '--quiet', '--', file);
	}

	async run(...command: readonly string[]): Promise<Ended> {
		// Start the program in its own process group, so that its child processes end with it.
		const child = spawn('npx', command, {
			cwd: this.path,
			detached: true,
			env: { ...process.env, NO_COLOR: '1' },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#child = child;
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (chunk: string) => {
				output = (output + chunk).slice(-MAX_OUTPUT_CHARS);
			});
		const [code] = (await once(child, 'close')) as [number | null];
		return { code, output };
	}

	#stop(): void {
		this.isStopped = true;
		const { pid, exitCode = 0, signalCode = null } = this.#child ?? {};
		if (pid !== undefined && exitCode === null && signalCode === null)
			process.kill(-pid, 'SIGKILL');
	}
}
