/** The vocabulary page's state: one tokenizer's tokens, a search in them, and the token that is described. */
import { createContext } from 'svelte';
import type { Lab } from '../../session/lab.svelte';
import type { KindFilter, TokenOrder, VocabularySettings } from '../../session/links/vocabulary';
import { REACH_FILTERS } from '../../session/links/vocabulary';
import type { TokenDetails } from '../../session/calls/token-details';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { findTokens } from './find-tokens';
import type { PrerenderedVocabulary } from './prerender';
import { hasToken, REACHES, type Reach } from './table';
import { VOCABULARY_ROUTES, type LoadedVocabulary } from './worker';

export class VocabularyState {
	#tokenizer = $state('');
	/** Id of the token that is described, which a link may ask for although there is none; `null` if none is. */
	chosen = $state<number | null>(null);
	search = $state('');
	script = $state<string | null>(null);
	kind = $state<KindFilter | null>(null);
	order = $state<TokenOrder>('id');
	readonly first: PrerenderedVocabulary;
	readonly loading: WorkerQuery<string, LoadedVocabulary>;
	readonly reach: WorkerQuery<string, Uint8Array>;
	readonly details: WorkerQuery<{ tokenizer: string; id: number }, TokenDetails>;

	constructor(lab: Lab, first: PrerenderedVocabulary) {
		const workers = lab.connect(VOCABULARY_ROUTES);
		const { describe } = lab.tokenizing;
		this.first = first;
		this.#tokenizer = first.tokenizer;
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

	get tokenizer(): string {
		return this.#tokenizer;
	}

	/** Shows the vocabulary of another tokenizer, in which no token is chosen. */
	setTokenizer(id: string): void {
		if (id === this.#tokenizer) return;
		this.#tokenizer = id;
		this.chosen = null;
		// A check that runs or failed is of the other vocabulary.
		if (this.reach.status !== 'ready') this.reach.forget();
	}

	/** All tokens, with figures; `null` until they are loaded. */
	readonly loaded = $derived.by(() => this.loading.valueFor(this.#tokenizer));
	/** The vocabulary as far as it is known, perhaps only its beginning; `null` if nothing is. */
	readonly shown = $derived.by(
		() => this.loaded ?? (this.#tokenizer === this.first.tokenizer ? this.first : null)
	);
	readonly needsReach = $derived.by(
		() => this.kind !== null && REACH_FILTERS.some((filter) => filter === this.kind)
	);
	readonly reaches = $derived.by(() => this.reach.valueFor(this.#tokenizer));
	/** Whether the list waits for a worker. */
	readonly isWaiting = $derived.by(() => this.needsReach && this.reaches === null);
	/** Whether something is searched or filtered. */
	readonly isFiltered = $derived.by(
		() => this.search !== '' || this.script !== null || this.kind !== null
	);
	/** The tokens that match; `null` while that is not known. */
	readonly found = $derived.by(() => {
		const known = this.loaded ?? (this.isFiltered || this.order !== 'id' ? null : this.shown);
		if (known === null || this.isWaiting) return null;
		const { search, script, kind, order } = this;
		return findTokens(
			known.table,
			{ search, script, kind, order },
			// What the list does not need must not list it again.
			this.needsReach ? this.reaches : null
		);
	});

	/** Whether an answer is awaited that the page needs for what it shows. */
	readonly isAwaited = $derived.by(
		() =>
			[this.loading, this.details].some(({ status }) => status === 'loading') ||
			(this.loading.error === null && this.loaded === null)
	);
	readonly status = $derived.by(() => {
		if (this.loading.error !== null) return 'error';
		return this.loaded !== null && this.found !== null ? 'ready' : 'loading';
	});

	/** Whether a text can encode to a token; `null` while that is not checked. */
	reachOf(id: number): Reach | null {
		return this.reaches === null ? null : REACHES[this.reaches[id]];
	}

	/** Stops the check of reachability, which a filter asked for. */
	stopCheck(): void {
		this.reach.forget();
		if (this.needsReach) this.kind = null;
	}

	clear(): void {
		this.search = '';
		this.script = null;
		this.kind = null;
	}

	/** Asks for what the page shows. */
	load(): void {
		void this.loading.ask(this.#tokenizer);
		if (this.loaded === null) return;
		if (this.needsReach && this.reach.status !== 'error') void this.reach.ask(this.#tokenizer);
		const { tokenizer, chosen: id } = this;
		if (id !== null && hasToken(this.loaded.table, id)) void this.details.ask({ tokenizer, id });
	}

	capture(): VocabularySettings {
		const { tokenizer, chosen, search, script, kind, order } = this;
		return { tokenizer, chosen, search, script, kind, order };
	}

	/** @param settings `tokenizer` is the first one if it is `null` */
	restore({ tokenizer, ...view }: VocabularySettings): void {
		this.setTokenizer(tokenizer ?? this.first.tokenizer);
		Object.assign(this, view);
	}
}

/** Shows the vocabulary of a tokenizer. @returns goes back */
export function showTokenizer(view: VocabularyState, id: string): () => void {
	const settings = view.capture();
	view.setTokenizer(id);
	return () => view.restore(settings);
}

export function createVocabularyPage(lab: Lab, first: PrerenderedVocabulary) {
	const view = new VocabularyState(lab, first);
	lab.savedTokenizers.beforeRemoving((id) => {
		if (view.tokenizer !== id) return undefined;
		return showTokenizer(view, first.tokenizer);
	});
	return { view, names: lab.known.withoutLive() };
}

export const [getVocabularyPage, setVocabularyPage] =
	createContext<ReturnType<typeof createVocabularyPage>>();
