import { SvelteMap } from 'svelte/reactivity';
import type { TokenizerOutline } from '../../../drift/outline';
import type { DriftCalls } from '../worker';
import { messageOf } from '../../../workers/client';
import type { Workers } from '../../../workers/pool';

/** The worker calls that the state needs; a test passes a plain object. */
export type OutlineWorkers = Pick<Workers<DriftCalls>, 'outline'>;

/** The parts of each tokenizer that can be edited, fetched on demand. */
export class Outlines {
	readonly #known = new SvelteMap<string, TokenizerOutline>();
	/** Why outlines could not be fetched, by tokenizer. */
	readonly #problems = new SvelteMap<string, string>();
	/** Tokenizers whose outline was asked for. No WorkerQuery: several requests may run at once, and each answer is kept. */
	readonly #requested = new Set<string>();
	readonly #workers: OutlineWorkers;

	constructor(workers: OutlineWorkers) {
		this.#workers = workers;
	}

	/** Why an outline could not be fetched; `null` if nothing is wrong. */
	problemOf(tokenizer: string): string | null {
		return this.#problems.get(tokenizer) ?? null;
	}

	/** `null` until {@link ask} has answered. */
	of(tokenizer: string): TokenizerOutline | null {
		return this.#known.get(tokenizer) ?? null;
	}

	/** Fetches an outline once: an error is an answer. */
	async ask(tokenizer: string): Promise<void> {
		if (this.#requested.has(tokenizer)) return;
		this.#requested.add(tokenizer);
		try {
			this.#known.set(tokenizer, await this.#workers.outline({ tokenizer }));
		} catch (error) {
			this.#problems.set(tokenizer, messageOf(error));
		}
	}

	/** Fetches an outline again after an error. */
	async again(tokenizer: string): Promise<void> {
		if (this.#problems.delete(tokenizer)) this.#requested.delete(tokenizer);
		await this.ask(tokenizer);
	}
}
