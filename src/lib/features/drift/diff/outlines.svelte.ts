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
	/** Running requests. No WorkerQuery: several may run at once, and the answer to each is kept. */
	readonly #asked = new Set<string>();
	readonly #workers: OutlineWorkers;
	#problem = $state<string | null>(null);

	constructor(workers: OutlineWorkers) {
		this.#workers = workers;
	}

	get problem() {
		return this.#problem;
	}

	/** `null` until {@link ask} has answered. */
	of(tokenizer: string): TokenizerOutline | null {
		return this.#known.get(tokenizer) ?? null;
	}

	/** Fetches an outline once; after an error, the next call fetches it again. */
	async ask(tokenizer: string): Promise<TokenizerOutline | null> {
		const known = this.#known.get(tokenizer);
		if (known || this.#asked.has(tokenizer)) return known ?? null;
		this.#asked.add(tokenizer);
		this.#problem = null;
		try {
			const outline = await this.#workers.outline({ tokenizer });
			this.#known.set(tokenizer, outline);
			return outline;
		} catch (error) {
			this.#problem = messageOf(error);
			return null;
		} finally {
			this.#asked.delete(tokenizer);
		}
	}
}
