import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How a program ended. */
export interface Ended<Results> {
	readonly code: number | null;
	/** What it printed, on either stream. */
	readonly output: string;
	/** Its machine-readable results; `null` if it wrote none. */
	readonly results: Results | null;
}

/** Characters of what a program prints that are kept. */
const MAX_OUTPUT_CHARS = 100_000;

/**
 * A Git worktree of the last commit, with everything that tests need, in an ignored folder of the repository. It can't be
 * in node_modules, whose files Vitest neither transforms nor follows.
 */
export class Copy {
	readonly path: string;
	/** Whether the user has interrupted the program. */
	isStopped = false;
	readonly #root: string;
	readonly #results: string;
	#child: ChildProcess | null = null;
	readonly #stop = () => {
		this.isStopped = true;
		this.#kill();
	};

	private constructor(root: string) {
		this.#root = root;
		this.path = join(root, 'test-results/planted');
		this.#results = join(root, 'test-results/planted-results');
	}

	static async make(root: string): Promise<Copy> {
		const copy = new Copy(root);
		copy.remove();
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, copy.#stop);
		mkdirSync(dirname(copy.path), { recursive: true });
		copy.#gitIn(root, 'worktree', 'add', '--quiet', '--detach', copy.path, 'HEAD');
		// Hard links, because tests replace files of packages and never write to them. A cache belongs to one folder.
		execFileSync('cp', ['-al', join(root, 'node_modules'), copy.path]);
		for (const cache of ['.cache', '.vite', '.vite-temp', '.vitest'])
			rmSync(join(copy.path, 'node_modules', cache), { recursive: true, force: true });
		const generated = 'src/lib/generated';
		if (existsSync(join(root, generated)))
			cpSync(join(root, generated), join(copy.path, generated), { recursive: true });
		await copy.run(['svelte-kit', 'sync']);
		return copy;
	}

	/** Runs Git in the copy. */
	git(...args: readonly string[]): void {
		this.#gitIn(this.path, ...args);
	}

	#gitIn(folder: string, ...args: readonly string[]): void {
		execFileSync('git', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	}

	/**
	 * Runs a program of a package in the copy.
	 * @param file name of the results that the program writes to the folder `TEST_RESULTS`
	 */
	async run<Results>(command: readonly string[], file = ''): Promise<Ended<Results>> {
		rmSync(this.#results, { recursive: true, force: true });
		// In a process group of its own, so that what it starts ends with it.
		const child = spawn('npx', command, {
			cwd: this.path,
			detached: true,
			env: { ...process.env, TEST_RESULTS: this.#results, FORCE_COLOR: '0' },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		this.#child = child;
		let output = '';
		for (const stream of [child.stdout, child.stderr])
			stream.setEncoding('utf8').on('data', (chunk: string) => {
				output = (output + chunk).slice(-MAX_OUTPUT_CHARS);
			});
		const code = await new Promise<number | null>((done, fail) => {
			child.once('error', fail);
			child.once('close', done);
		});
		this.#child = null;
		const written = join(this.#results, file);
		const results =
			file !== '' && existsSync(written)
				? (JSON.parse(readFileSync(written, 'utf8')) as Results)
				: null;
		return { code, output, results };
	}

	#kill(): void {
		const { pid } = this.#child ?? {};
		if (pid === undefined) return;
		try {
			process.kill(-pid, 'SIGKILL');
		} catch (error) {
			console.warn('The tests had already ended:', error);
		}
	}

	/** Removes the copy, and what a run that was killed left of it. */
	remove(): void {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, this.#stop);
		rmSync(this.path, { recursive: true, force: true });
		rmSync(this.#results, { recursive: true, force: true });
		this.#gitIn(this.#root, 'worktree', 'prune');
	}
}
