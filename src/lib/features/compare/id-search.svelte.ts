import { CATALOGUE } from '../../tokenizers/catalogue';
import type { IdsFit } from '../../tokenizers/ids';
import type { TokenizingWorkers } from '../../session/calls/tokenizing';
import { WorkerQuery } from '../../session/worker-query.svelte';

/** Special tokens by tokenizer id. */
export type SpecialIds = Readonly<
	Record<string, readonly (readonly [id: number, content: string])[]>
>;

/** The largest set of special tokens that any tokenizer finds among the ids, and all tokenizers that find this set. */
export interface SpecialEvidence {
	readonly tokens: SpecialIds[string];
	readonly tokenizers: readonly string[];
}

/** Ids below this are special in many vocabularies but ordinary in just as many others. */
const MIN_TELLING_ID = 1000;

/** @returns `null` if no special token points to a tokenizer */
export function findSpecialIds(ids: Uint32Array, specials: SpecialIds): SpecialEvidence | null {
	const present = new Set(ids);
	const largest = ids.reduce((max, id) => Math.max(max, id), 0);
	const found = CATALOGUE.filter(({ vocabularySize }) => vocabularySize > largest)
		.map(({ id }) => ({
			id,
			tokens: (specials[id] ?? []).filter(([id]) => id >= MIN_TELLING_ID && present.has(id))
		}))
		.filter(({ tokens }) => tokens.length > 0)
		.sort((a, b) => b.tokens.length - a.tokens.length);
	if (found.length === 0) return null;
	const [{ tokens }] = found;
	const alike = found.filter((other) => String(other.tokens) === String(tokens));
	return { tokens, tokenizers: alike.map(({ id }) => id) };
}

interface Search {
	readonly ids: Uint32Array;
	/** Ids of the tokenizers, in the order in which to try them. */
	readonly tokenizers: readonly string[];
}

/** Tries the built-in tokenizers on a list of ids, one at a time so that the search can be stopped. */
export class IdSearch {
	/** `null` until the special tokens are loaded. */
	#specials = $state.raw<SpecialIds | null>(null);
	/** Answers so far, keyed by tokenizer; `null` for a tokenizer that couldn't be loaded. */
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

	/** Loads the special tokens if they aren't loaded yet. If loading fails, {@link evidence} returns `null`. */
	async loadSpecials(): Promise<void> {
		if (this.#specials) return;
		const loaded = await import('../../generated/special-ids.json').catch(() => null);
		this.#specials = (loaded?.default ?? null) as SpecialIds | null;
	}

	evidence(ids: Uint32Array): SpecialEvidence | null {
		return this.#specials && findSpecialIds(ids, this.#specials);
	}

	/** Progress of the search for these ids; `null` if none has been started. */
	of(ids: Uint32Array) {
		const { input, status } = this.#query;
		if (input?.ids !== ids || status === 'idle') return null;
		const fits = this.#fits;
		return {
			isRunning: status === 'loading',
			tried: fits.size,
			all: input.tokenizers.length,
			/** Number of tokenizers that couldn't be loaded. */
			failed: [...fits.values()].filter((fit) => fit === null).length,
			fitting: [...fits].flatMap(([id, fit]) =>
				fit?.verdict === 'fits' && fit.reserved === null ? [id] : []
			)
		};
	}

	start(ids: Uint32Array, tokenizers: readonly string[]): void {
		void this.#query.ask({ ids, tokenizers });
	}

	/** Stops the search. Results are kept until the ids change. */
	stop(): void {
		this.#query.stop('Stopped.');
	}
}
