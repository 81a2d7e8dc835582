import { Child, ChildDied } from './child';
import type { NativeRequest } from './native-child';
import type { Label, NativeWitness } from './types';

/** A pair takes about a second, one with a whole vocabulary longer. */
const PATIENCE_MS = 240_000;

interface Answer {
	readonly value?: unknown;
	readonly error?: string;
}

/** The native judge: a process that compares pairs of files. */
export class NativeJudge {
	readonly #child: Child<Answer>;

	/** @param program the bundled native-child */
	constructor(program: string) {
		const env = { RAYON_NUM_THREADS: '1', RAYON_RS_NUM_THREADS: '1' };
		this.#child = new Child(program, { patienceMs: PATIENCE_MS, env });
	}

	/** Native's label of two files. */
	label(a: string, b: string, probes: readonly string[]): Promise<Label> {
		const aborts = (words: string): Label => ({ truth: 'aborts', words, probes: 0 });
		return this.#ask({ kind: 'label', a, b, probes }, aborts);
	}

	/** For each witness the reason why it does not reproduce; `null` if it does. */
	reproduce(a: string, b: string, witnesses: readonly NativeWitness[]): Promise<(string | null)[]> {
		return this.#ask({ kind: 'reproduce', a, b, witnesses }, (words) =>
			witnesses.map(() => `native aborts: ${words}`)
		);
	}

	close(): void {
		this.#child.close();
	}

	/** @param aborted the answer if the process dies, of its last words */
	async #ask<T>(request: NativeRequest, aborted: (words: string) => T): Promise<T> {
		let answer: Answer = {};
		try {
			await this.#child.ask(request, (found) => {
				answer = found;
				return true;
			});
		} catch (error) {
			if (error instanceof ChildDied) return aborted(panicWords(error.message));
			throw error;
		}
		if (answer.error !== undefined) throw new Error(answer.error);
		return answer.value as T;
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
