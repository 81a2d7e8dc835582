/** The vocabulary page's state: one tokenizer's tokens, a search in them, and the selected token. */
import { createContext } from 'svelte';
import type { Lab } from '../../session/lab.svelte';
import { REACH_FILTERS, VOCABULARY_FIELDS } from '../../session/documents/vocabulary';
import type { TokenDetails } from '../../session/calls/token-details';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { findTokens } from './find-tokens';
import { CHECK_STOPPED } from './messages';
import type { PrerenderedVocabulary } from './prerender';
import { unreachableOf, type UnreachableTokens } from './summary';
import { hasToken, REACHES, type Reach } from './table';
import { VOCABULARY_ROUTES, type LoadedVocabulary } from './worker';

const createDocument = (lab: Pick<Lab, 'document' | 'known'>) =>
	lab.document(VOCABULARY_FIELDS, {
		names: lab.known.withoutLive(),
		// In a different vocabulary, the id belongs to a different token.
		normalise: ({ tokenizer, chosen = null }, before) =>
			tokenizer === undefined || tokenizer === before.tokenizer ? {} : { chosen },
		check: (_, { wrong }) => (wrong.has('tokenizer') ? { chosen: null } : {}),
		// Permalinks always include their tokenizer, in case the default changes.
		unwritten: ({ chosen }) => (chosen === null ? {} : { tokenizer: null })
	});

export class VocabularyState {
	readonly document: ReturnType<typeof createDocument>;
	readonly value: ReturnType<typeof createDocument>['value'];
	readonly first: PrerenderedVocabulary;
	readonly loading: WorkerQuery<string, LoadedVocabulary>;
	readonly reach: WorkerQuery<string, Uint8Array>;
	readonly details: WorkerQuery<{ tokenizer: string; id: number }, TokenDetails>;

	constructor(lab: Lab, first: PrerenderedVocabulary) {
		const workers = lab.connect(VOCABULARY_ROUTES);
		const { describe } = lab.tokenizing;
		this.document = createDocument(lab);
		this.value = this.document.value;
		this.first = first;
		const policy = 'replace';
		this.loading = new WorkerQuery(
			(tokenizer, options) => workers.vocabulary({ tokenizer }, options),
			{ policy }
		);
		this.reach = new WorkerQuery((tokenizer, options) => workers.reach({ tokenizer }, options), {
			policy
		});
		this.details = new WorkerQuery(
			async ({ tokenizer, id }, options) => await describe({ tokenizer, id }, options),
			{ policy }
		);
	}

	/** All tokens, with figures; `null` until they are loaded. */
	readonly loaded = $derived.by(() => this.loading.valueFor(this.value.tokenizer));
	/** Figures for the vocabulary; `null` while unknown. */
	readonly summary = $derived.by(
		() =>
			this.loaded?.summary ??
			(this.value.tokenizer === this.first.tokenizer ? this.first.summary : null)
	);
	/** Whether a list of tokens is shown in place of the noteworthy tokens. */
	readonly isListing = $derived.by(() => {
		const { all, search, script, kind, order } = this.value;
		return all || search !== '' || script !== null || kind !== null || order !== 'id';
	});
	readonly #filtersByReach = $derived.by(() =>
		REACH_FILTERS.some((filter) => filter === this.value.kind)
	);
	readonly reaches = $derived.by(() => this.reach.valueFor(this.value.tokenizer));
	/** The tokens that no text encodes to; `null` while unknown. */
	readonly unreachable: UnreachableTokens | null = $derived.by(() => {
		if (this.loaded && this.reaches) return unreachableOf(this.loaded.table, this.reaches);
		return this.value.tokenizer === this.first.tokenizer ? this.first.unreachable : null;
	});
	/** Whether the page shows results that require checking all tokens. */
	readonly needsReach = $derived.by(
		() => this.#filtersByReach || (!this.isListing && this.unreachable === null)
	);
	/** Whether the list is waiting for a worker. */
	readonly isWaiting = $derived.by(() => this.#filtersByReach && this.reaches === null);
	/** The matching tokens; `null` while unknown. */
	readonly found = $derived.by(() => {
		if (this.loaded === null || this.isWaiting) return null;
		return findTokens(
			this.loaded.table,
			this.value,
			// Read reachability only if the list depends on it, to avoid recomputing the list.
			this.#filtersByReach ? this.reaches : null
		);
	});

	/** Whether the page is still waiting for data that it must show. */
	readonly isAwaited = $derived.by(
		() =>
			[this.loading, this.details].some(({ status }) => status === 'loading') ||
			(this.loading.error === null && this.loaded === null)
	);
	readonly status = $derived.by(() => {
		if (this.loading.error !== null) return 'error';
		return this.found !== null ? 'ready' : 'loading';
	});

	reachOf(id: number): Reach | null {
		return this.reaches === null ? null : REACHES[this.reaches[id]];
	}

	stopCheck(): void {
		this.reach.stop(CHECK_STOPPED);
	}

	/** Returns to the noteworthy tokens. */
	clear(): void {
		this.document.set({ search: '', script: null, kind: null, order: 'id', all: false });
	}

	/** Requests everything that the page shows. */
	load(): void {
		const { tokenizer, chosen: id } = this.value;
		void this.loading.ask(tokenizer);
		// A running or failed check may belong to a different vocabulary.
		if (this.reach.input !== tokenizer && this.reach.status !== 'ready') this.reach.forget();
		if (this.loaded === null) return;
		if (this.needsReach && this.reach.status !== 'error') void this.reach.ask(tokenizer);
		if (id !== null && hasToken(this.loaded.table, id)) void this.details.ask({ tokenizer, id });
	}
}

export const createVocabularyPage = (lab: Lab, first: PrerenderedVocabulary) => ({
	view: new VocabularyState(lab, first),
	names: lab.known.withoutLive()
});

export const [getVocabularyPage, setVocabularyPage] =
	createContext<ReturnType<typeof createVocabularyPage>>();
