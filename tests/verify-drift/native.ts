/** The native judge: a process that compares pairs of files and is restarted when it dies. */
import { fork, type ChildProcess } from 'node:child_process';
import type { NativeRequest } from './native-child';
import type { Label, NativeWitness } from './types';

/** A pair takes about a second, one with a whole vocabulary longer. */
const PATIENCE_MS = 240_000;

interface Answer {
	readonly value?: unknown;
	readonly error?: string;
}

class ChildDied extends Error {}

export class NativeJudge {
	#child: ChildProcess | null = null;
	#stderr = '';

	/** @param program the bundled native-child */
	constructor(readonly program: string) {}

	/** Native's label of two files. */
	async label(a: string, b: string, probes: readonly string[]): Promise<Label> {
		try {
			return (await this.#ask({ kind: 'label', a, b, probes })) as Label;
		} catch (error) {
			if (!(error instanceof ChildDied)) throw error;
			return { truth: 'aborts', words: error.message, probes: 0 };
		}
	}

	/** For each witness the reason why it does not reproduce; `null` if it does. */
	async reproduce(
		a: string,
		b: string,
		witnesses: readonly NativeWitness[]
	): Promise<(string | null)[]> {
		try {
			return (await this.#ask({ kind: 'reproduce', a, b, witnesses })) as (string | null)[];
		} catch (error) {
			if (!(error instanceof ChildDied)) throw error;
			return witnesses.map(() => `native aborts: ${error.message}`);
		}
	}

	close(): void {
		this.#child?.kill();
		this.#child = null;
	}

	async #ask(request: NativeRequest): Promise<unknown> {
		const child = (this.#child ??= await this.#start());
		return await new Promise<unknown>((resolve, reject) => {
			const done = (settle: () => void) => {
				clearTimeout(timer);
				child.off('message', onMessage);
				child.off('exit', onExit);
				settle();
			};
			const onMessage = ({ value, error }: Answer) =>
				done(() => (error === undefined ? resolve(value) : reject(new Error(error))));
			const onExit = () => {
				this.#child = null;
				done(() => reject(new ChildDied(panicWords(this.#stderr))));
			};
			const timer = setTimeout(() => {
				this.#stderr = `no answer after ${PATIENCE_MS / 1000} s`;
				child.kill('SIGKILL');
			}, PATIENCE_MS);
			child.on('message', onMessage);
			child.on('exit', onExit);
			child.send(request);
		});
	}

	async #start(): Promise<ChildProcess> {
		this.#stderr = '';
		const child = fork(this.program, [], {
			serialization: 'advanced',
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			execArgv: ['--max-old-space-size=6000'],
			env: { ...process.env, RAYON_NUM_THREADS: '1', RAYON_RS_NUM_THREADS: '1' }
		});
		child.stderr?.on('data', (data: Buffer) => {
			this.#stderr = (this.#stderr + data.toString()).slice(-4000);
		});
		await new Promise<void>((resolve, reject) => {
			child.once('message', () => resolve());
			child.once('exit', () =>
				reject(new Error(`the native judge does not start: ${this.#stderr}`))
			);
		});
		return child;
	}
}

/** The line of a Rust panic with its message. */
function panicWords(stderr: string): string {
	const lines = stderr.split('\n');
	const at = lines.findIndex((line) => line.includes('panicked at'));
	return at < 0
		? stderr.trim().slice(-200)
		: lines
				.slice(at, at + 2)
				.join(' ')
				.trim();
}
