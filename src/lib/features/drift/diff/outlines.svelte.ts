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
	/**
	 * Tokenizers whose outline is known or being fetched. No WorkerQuery: several requests may run at
	 * once, and the answer to each is kept.
	 */
	readonly #requested = new Set<string>();
	readonly #workers: OutlineWorkers;
	#problem = $state<string | null>(null);

	constructor(workers: OutlineWorkers) {
		this.#workers = workers;
	}

	/** Why the latest outline could not be fetched; `null` if nothing is wrong. */
	get problem() {
		return this.#problem;
	}

	/** `null` until {@link ask} has answered. */
	of(tokenizer: string): TokenizerOutline | null {
		return this.#known.get(tokenizer) ?? null;
	}

	/** Fetches an outline once; after an error, the next call fetches it again. */
	async ask(tokenizer: string): Promise<void> {
		if (this.#requested.has(tokenizer)) return;
		this.#requested.add(tokenizer);
		this.#problem = null;
		try {
			this.#known.set(tokenizer, await this.#workers.outline({ tokenizer }));
		} catch (error) {
			this.#problem = messageOf(error);
			this.#requested.delete(tokenizer);
		}
	}
}
