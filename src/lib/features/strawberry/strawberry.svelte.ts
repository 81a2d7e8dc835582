import { untrack } from 'svelte';
import type { Encoding } from '../../engine';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { RequestOptions } from '../../workers/client';
import { graphemesOf } from '../../tokenizers/graphemes';
import { describeLongWord } from './messages';
import type { PrerenderedWord } from './prerender';
import type { WordAnswer } from './variant-tokens';
import { variantsOf, type LetterQuery, type WordVariant } from './variants';
import type { StrawberryWorkers } from './worker';

/** The latest answer from one tokenizer. */
export class WordCard {
	/** The latest answer; `null` before the first answer or after a failure. See {@link isStale}. */
	readonly answer: WordAnswer | null = $derived.by(() => {
		const { answer, error } = this.query;
		return answer && error === null ? { variants: answer.input, encodings: answer.value } : null;
	});

	constructor(
		readonly query: WorkerQuery<readonly WordVariant[], readonly Encoding[]>,
		readonly variants: () => readonly WordVariant[]
	) {}

	/** `ready` only if the answer is about the current word; `absent` if no answer has been requested. */
	get status(): 'absent' | 'loading' | 'ready' | 'error' {
		const { status } = this.query;
		if (status !== 'idle') return status;
		return this.variants().length === 0 ? 'ready' : 'absent';
	}
	/** Whether {@link answer} is about an earlier word. */
	get isStale(): boolean {
		return this.answer !== null && this.answer.variants.at(0)?.text !== this.variants().at(0)?.text;
	}
	get current(): WordAnswer | null {
		return this.isStale ? null : this.answer;
	}
	get progress() {
		return this.query.progress;
	}
	get error() {
		return this.query.error;
	}
}

/** Maximum length of a word in UTF-16 code units. */
export const MAX_WORD_UNITS = 20_000;

/** Answers that arrive within this time after the first answer are shown together. */
const GATHER_MS = 10;

/** Splits one word with the selected tokenizers and the built-in tokenizers loaded so far. */
export class StrawberryState {
	/** Why the last word was rejected; `null` if it was accepted. */
	problem = $state<string | null>(null);
	#word = $state.raw('');
	#tokenizers = $state.raw<readonly string[]>([]);
	readonly #letter: LetterQuery;
	/** Tokenizers that are already loaded, so they split every word even when they aren't selected. */
	#loaded = $state.raw<readonly string[]>([]);
	#loading = $state.raw<{ readonly done: number; readonly all: number } | null>(null);
	#variants = $state.raw<readonly WordVariant[]>([]);
	readonly #cards = new Map<string, WordCard>();
	readonly #workers: Pick<StrawberryWorkers, 'splitVariants'>;
	readonly #prerendered: Pick<PrerenderedWord, 'word' | 'encodings'>;
	/** Number of requests whose answers aren't shown yet. */
	#running = 0;
	/**
	 * Functions that show the answers received so far. Updating the page once for several answers is cheaper than once
	 * for each.
	 */
	#arrived: (() => void)[] = [];
	#gathering: ReturnType<typeof setTimeout> | undefined;
	readonly #load = new WorkerQuery<readonly string[], void>(
		(ids, { signal }) => this.#loadEach(ids, signal),
		{ policy: 'replace', isSame: Object.is }
	);

	/** `null` unless the field contains exactly one letter. */
	readonly letterQuery: LetterQuery | null = $derived.by(() => {
		const { letter, caseRule } = this.#letter;
		return graphemesOf(letter).texts.length === 1 ? { letter, caseRule } : null;
	});

	constructor(
		workers: Pick<StrawberryWorkers, 'splitVariants'>,
		letter: LetterQuery,
		prerendered: Pick<PrerenderedWord, 'word' | 'encodings'>
	) {
		this.#workers = workers;
		this.#prerendered = prerendered;
		this.#letter = letter;
		this.#setVariants(prerendered.word);
		for (const id of Object.keys(prerendered.encodings)) this.#showPrerendered(id);
	}

	get word() {
		return this.#word;
	}
	get tokenizers() {
		return this.#tokenizers;
	}
	/** Number of tokenizers to load, and how many have loaded or failed; `null` if no tokenizers are being loaded. */
	get loading() {
		return this.#load.status === 'loading' ? this.#loading : null;
	}

	/** `ready` once every selected or loaded tokenizer has either answered for the current word or failed. */
	get status(): 'loading' | 'ready' {
		const asked = [...this.#tokenizers, ...this.#loaded];
		return asked.some((id) => this.card(id).status === 'loading') ? 'loading' : 'ready';
	}

	/** The card for a tokenizer, whether or not it is selected; the same object on every call. */
	card(id: string): WordCard {
		let card = this.#cards.get(id);
		if (!card) {
			const query = new WorkerQuery<readonly WordVariant[], readonly Encoding[]>(
				(variants, { onprogress }) => this.#split(id, variants, { onprogress }),
				{ policy: 'latest', isSame: Object.is }
			);
			this.#cards.set(id, (card = new WordCard(query, () => this.#variants)));
		}
		return card;
	}

	isAsked(id: string): boolean {
		return this.#tokenizers.includes(id) || this.#loaded.includes(id);
	}

	/** @returns whether the word was accepted; if it is too long, {@link problem} says so */
	setWord(word: string): boolean {
		if (word.length > MAX_WORD_UNITS) {
			this.problem = describeLongWord(word.length, MAX_WORD_UNITS);
			return false;
		}
		this.problem = null;
		if (word === this.#word) return true;
		this.#setVariants(word);
		for (const id of this.#cards.keys()) this.ask(id);
		return true;
	}

	/**
	 * Selects tokenizers and requests answers from those that are new. Calling this in an effect doesn't make the
	 * effect depend on the answers.
	 */
	follow(ids: readonly string[]): void {
		untrack(() => this.#setTokenizers(ids));
	}

	#setTokenizers(ids: readonly string[]): void {
		const added = ids.filter((id) => !this.isAsked(id));
		// Continue to use built-in tokenizers that are no longer selected, because they are already loaded.
		const former = this.#tokenizers.filter(
			(id) => !this.#loaded.includes(id) && id in this.#prerendered.encodings
		);
		this.#loaded = [...this.#loaded, ...former];
		this.#tokenizers = ids;
		for (const id of added) if (this.card(id).status !== 'ready') this.ask(id);
	}

	/** Downloads the vocabularies of the selected tokenizers before the first key press. */
	warmUp(): void {
		for (const tokenizer of this.#tokenizers) {
			// The same error will recur, and be shown, when the first word is entered.
			this.#workers.splitVariants({ tokenizer, texts: [] }).catch(() => undefined);
		}
	}

	get missing(): readonly string[] {
		return Object.keys(this.#prerendered.encodings).filter((id) => !this.isAsked(id));
	}

	/** Loads tokenizers one by one so that loading can be stopped between them. */
	load(ids: readonly string[]): Promise<void> {
		return this.#load.ask(ids.filter((id) => !this.isAsked(id)));
	}

	/** Stops loading. Tokenizers that are already loaded continue to split every word. */
	stopLoading(): void {
		this.#load.forget();
	}

	async #loadEach(ids: readonly string[], signal: AbortSignal): Promise<void> {
		for (const [done, id] of ids.entries()) {
			this.#loading = { done, all: ids.length };
			const card = this.card(id);
			// Pass a copy, because the query skips an array that it has already answered. After a prerendered answer,
			// the vocabulary would then never be loaded.
			await card.query.ask([...this.#variants]);
			if (signal.aborted) {
				this.#showPrerendered(id);
				return;
			}
			if (card.error !== null) continue;
			this.#loaded = [...this.#loaded, id];
			// The word may have changed while the tokenizer was loading.
			if (card.current === null) this.ask(id);
		}
	}

	#setVariants(word: string): void {
		this.#word = word;
		this.#variants = variantsOf(word);
	}

	/** Asks a tokenizer about the current word, even if the tokenizer failed before. */
	ask(id: string): void {
		if (this.isAsked(id) && this.#word !== '') void this.card(id).query.ask(this.#variants);
		else this.#showPrerendered(id);
	}

	retry(): void {
		for (const [id, { error }] of this.#cards) if (error !== null) this.ask(id);
	}

	/** Encodes the variants. Answers that arrive at almost the same time are returned together. */
	async #split(
		tokenizer: string,
		variants: readonly WordVariant[],
		options: RequestOptions
	): Promise<readonly Encoding[]> {
		this.#running++;
		try {
			const texts = variants.map(({ text }) => text);
			const encodings = await this.#workers.splitVariants({ tokenizer, texts }, options);
			await new Promise<void>((show) => {
				this.#arrived.push(show);
				if (this.#arrived.length === this.#running) this.#showArrived();
				else this.#gathering ??= setTimeout(() => this.#showArrived(), GATHER_MS);
			});
			return encodings;
		} finally {
			this.#running--;
		}
	}

	#showArrived(): void {
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		for (const show of this.#arrived) show();
		this.#arrived = [];
	}

	#showPrerendered(id: string): void {
		const { word, encodings } = this.#prerendered;
		const known = this.#word === word ? encodings[id] : undefined;
		const { query } = this.card(id);
		if (known) query.seed(this.#variants, known);
		else query.forget();
	}
}
