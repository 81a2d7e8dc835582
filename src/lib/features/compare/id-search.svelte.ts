import type { IdsFit } from '../../tokenizers/ids';
import type { TokenizingWorkers } from '../../session/calls/tokenizing';
import { WorkerQuery } from '../../session/worker-query.svelte';

interface Search {
	readonly ids: Uint32Array;
	/** Tokenizers to try, in order. */
	readonly tokenizers: readonly string[];
}

/** Tries which tokenizers of the catalogue a list of ids fits, one after another, so that it can stop between two. */
export class IdSearch {
	/** Answers so far, by tokenizer; `null` for a tokenizer that could not be loaded. */
	#fits = $state.raw<ReadonlyMap<string, IdsFit | null>>(new Map());
	readonly #calls: Pick<TokenizingWorkers, 'spell'>;
	readonly #query = new WorkerQuery<Search, void>(
		async ({ ids, tokenizers }, { signal }) => {
			this.#fits = new Map();
			for (const tokenizer of tokenizers) {
				const fit = await this.#calls
					.spell({ tokenizer, ids }, { signal })
					.then(({ fit = null }) => fit)
					.catch(() => null);
				signal.throwIfAborted();
				this.#fits = new Map(this.#fits).set(tokenizer, fit);
			}
		},
		{ policy: 'replace', isSame: Object.is }
	);

	constructor(calls: Pick<TokenizingWorkers, 'spell'>) {
		this.#calls = calls;
	}

	/** How far the search for these ids is; `null` if there is none. */
	of(ids: Uint32Array) {
		const { input, status } = this.#query;
		if (input?.ids !== ids || status === 'idle') return null;
		const fits = this.#fits;
		return {
			isRunning: status === 'loading',
			tried: fits.size,
			all: input.tokenizers.length,
			fitting: [...fits].flatMap(([id, fit]) => (fit?.verdict === 'fits' ? [id] : []))
		};
	}

	start(ids: Uint32Array, tokenizers: readonly string[]): void {
		void this.#query.ask({ ids, tokenizers });
	}

	/** Stops the search. What was found remains until the ids change. */
	stop(): void {
		this.#query.stop('Stopped.');
	}
}
