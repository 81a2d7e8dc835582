import { formatCount } from '../../session/format';
import type { CaseRule } from '../../tokenizers/graphemes';
import { countLetter, graphemesOf, isLoneMark } from '../../tokenizers/graphemes';
import type { Spellings } from './spelling';
import type { VariantKind } from './variants';
import { messageOf, type RequestOptions } from '../../workers/client';
import type { Progress } from '../../workers/protocol';
import { WorkerQuery } from '../../session/worker-query.svelte';
import { waysOf, type LetterQuery, type WordVariant, type WordAnswer } from './ways';
import type { StrawberryCalls } from './worker';
import type { Workers } from '../../workers/pool';

/** The worker calls that the page needs; a test passes a plain object. */
export type SpellingWorkers = Pick<Workers<StrawberryCalls>, 'spellings' | 'ladder'>;

/** Answers that are there before any worker is asked. */
export interface KnownWord {
	readonly word: string;
	readonly letter: string;
	readonly spellings: Readonly<Record<string, Spellings>>;
}

/** One tokenizer's answer. */
export class WordCard {
	/** `ready` only if the answer is of the current word; `absent` if nobody has asked for it. */
	status = $state<'absent' | 'loading' | 'ready' | 'error'>('absent');
	answer = $state.raw<WordAnswer | null>(null);
	progress = $state.raw<Progress | null>(null);
	error = $state<string | null>(null);
}

/** UTF-16 units of the longest word; anything longer is a text. */
export const MAX_WORD_UNITS = 20_000;

/** Answers that come within this time of the first one are shown together. */
const GATHER_MS = 10;

/** One word under the chosen tokenizers, and under those of the catalogue that are loaded. */
export class StrawberryState {
	#word = $state.raw('');
	#letter = $state('');
	#caseRule = $state<CaseRule>('alike');
	#tokenizers = $state.raw<readonly string[]>([]);
	/** Tokenizers that are asked without being chosen. */
	#loaded = $state.raw<readonly string[]>([]);
	#loading = $state.raw<{ readonly done: number; readonly all: number } | null>(null);
	#problem = $state<string | null>(null);
	#ways: readonly WordVariant[] = [];
	#kinds = $state.raw<readonly VariantKind[]>([]);
	readonly #cards = new Map<string, WordCard>();
	readonly #queries = new Map<string, WorkerQuery<readonly WordVariant[], Spellings>>();
	readonly #workers: SpellingWorkers;
	readonly #known: KnownWord;
	/** Answers that wait to be shown: one update of the page for all is cheaper than one for each. */
	readonly #arrived = new Map<string, WordAnswer>();
	#gathering: ReturnType<typeof setTimeout> | undefined;
	readonly #load = new WorkerQuery<readonly string[], void>(
		(ids, { signal }) => this.#loadEach(ids, signal),
		{ policy: 'replace', isSame: Object.is }
	);

	readonly graphemes = $derived(graphemesOf(this.#word));
	/** The letter that is counted; `null` if the field does not hold exactly one. */
	readonly asked: LetterQuery | null = $derived(
		graphemesOf(this.#letter).texts.length === 1
			? { letter: this.#letter, caseRule: this.#caseRule }
			: null
	);
	/** The count a reader would give; `null` without a letter to count. */
	readonly count: number | null = $derived(
		this.asked && countLetter(this.graphemes, this.asked.letter, this.asked.caseRule)
	);
	/** Combining marks of the word without a base letter. */
	readonly loneMarks = $derived(this.graphemes.texts.filter(isLoneMark));

	constructor(workers: SpellingWorkers, tokenizers: readonly string[], known: KnownWord) {
		this.#workers = workers;
		this.#known = known;
		this.#letter = known.letter;
		this.#tokenizers = tokenizers;
		this.#write(known.word);
		for (const id of Object.keys(known.spellings)) this.#recall(id);
	}

	get word() {
		return this.#word;
	}
	/** The ways in which the word is written. */
	get kinds() {
		return this.#kinds;
	}
	get letter() {
		return this.#letter;
	}
	get caseRule() {
		return this.#caseRule;
	}
	get tokenizers() {
		return this.#tokenizers;
	}
	/** How far loading all has come; `null` if nothing is being loaded. */
	get loading() {
		return this.#load.status === 'loading' ? this.#loading : null;
	}
	/** Why the word was refused, for people. */
	get problem() {
		return this.#problem;
	}

	/** `ready` once every tokenizer that is asked has answered for the current word, or failed. */
	get status(): 'loading' | 'ready' {
		const asked = [...this.#tokenizers, ...this.#loaded];
		return asked.some((id) => this.card(id).status === 'loading') ? 'loading' : 'ready';
	}

	/** The card of a tokenizer, chosen or not; the same object always. */
	card(id: string): WordCard {
		let card = this.#cards.get(id);
		if (!card) this.#cards.set(id, (card = new WordCard()));
		return card;
	}

	/** Whether a tokenizer answers while one types. */
	answers(id: string): boolean {
		return this.#tokenizers.includes(id) || this.#loaded.includes(id);
	}

	/** Takes a word. @returns whether it was taken: one that is too long is refused, see {@link problem} */
	setWord(word: string): boolean {
		if (word.length > MAX_WORD_UNITS) {
			this.#problem = `That is a text of ${formatCount(word.length)} characters: a word here has at most ${formatCount(MAX_WORD_UNITS)}. Compare takes texts of any length.`;
			return false;
		}
		this.#problem = null;
		if (word === this.#word) return true;
		this.#write(word);
		for (const id of this.#cards.keys()) this.#ask(id);
		return true;
	}

	setLetter(letter: string): void {
		this.#letter = letter;
	}

	setCaseRule(rule: CaseRule): void {
		this.#caseRule = rule;
	}

	setTokenizers(ids: readonly string[]): void {
		const added = ids.filter((id) => !this.answers(id));
		// One of the catalogue that was chosen before is loaded: it goes on answering in the table.
		const before = this.#tokenizers.filter(
			(id) => !this.#loaded.includes(id) && id in this.#known.spellings
		);
		this.#loaded = [...this.#loaded, ...before];
		this.#tokenizers = ids;
		for (const id of added) if (this.card(id).status !== 'ready') this.#ask(id);
	}

	dismiss(): void {
		this.#problem = null;
	}

	/** Asks again after an error. */
	retry(id: string): void {
		this.#ask(id);
	}

	/** Fetches the vocabularies of the chosen ahead of the first keystroke. */
	warmUp(): void {
		for (const tokenizer of this.#tokenizers) {
			// An error comes again, and is shown, with the first word.
			this.#workers.spellings({ tokenizer, texts: [] }).catch(() => undefined);
		}
	}

	/** Loads tokenizers one after another, so that it can be stopped in between. */
	load(ids: readonly string[]): Promise<void> {
		return this.#load.ask(ids.filter((id) => !this.answers(id)));
	}

	/** Stops loading; what has arrived stays. */
	stopLoading(): void {
		this.#load.forget();
	}

	async #loadEach(ids: readonly string[], signal: AbortSignal): Promise<void> {
		for (const [done, id] of ids.entries()) {
			this.#loading = { done, all: ids.length };
			this.card(id).status = 'loading';
			let failure: unknown = null;
			try {
				await this.#workers.spellings({ tokenizer: id, texts: [] }, this.#options(id));
			} catch (error) {
				failure = error;
			}
			if (signal.aborted) {
				this.#recall(id);
				return;
			}
			if (failure === null) {
				this.#loaded = [...this.#loaded, id];
				this.#ask(id);
			} else this.#fail(id, failure);
		}
	}

	#write(word: string): void {
		this.#word = word;
		this.#ways = waysOf(word);
		const kinds = this.#ways.map(({ kind }) => kind);
		// The same list for the same kinds, so that nothing derived from it changes.
		if (kinds.join() !== this.#kinds.join()) this.#kinds = kinds;
	}

	#ask(id: string): void {
		const card = this.card(id);
		if (!this.answers(id) || this.#word === '') {
			this.#queries.get(id)?.forget();
			this.#recall(id);
			return;
		}
		card.status = 'loading';
		card.error = null;
		let query = this.#queries.get(id);
		if (!query) {
			query = new WorkerQuery<readonly WordVariant[], Spellings>(
				(ways) => {
					const texts = ways.map(({ text }) => text);
					return this.#workers.spellings({ tokenizer: id, texts }, this.#options(id));
				},
				{
					policy: 'latest',
					isSame: Object.is,
					onanswer: ({ input, value }) => this.#arrive(id, { ways: input, spellings: value }),
					onerror: (error) => this.#fail(id, error)
				}
			);
			this.#queries.set(id, query);
		}
		const ways = this.#ways;
		const spellings = query.valueFor(ways);
		if (spellings) this.#show(id, { ways, spellings });
		else void query.ask(ways);
	}

	#options(id: string): RequestOptions {
		return { onprogress: (progress) => (this.card(id).progress = progress) };
	}

	#arrive(id: string, answer: WordAnswer): void {
		this.#arrived.set(id, answer);
		const isAwaited = [...this.#queries.keys()].some(
			(other) => this.card(other).status === 'loading' && !this.#arrived.has(other)
		);
		if (!isAwaited) this.#showArrived();
		else this.#gathering ??= setTimeout(() => this.#showArrived(), GATHER_MS);
	}

	#showArrived(): void {
		clearTimeout(this.#gathering);
		this.#gathering = undefined;
		for (const [id, answer] of this.#arrived) this.#show(id, answer);
		this.#arrived.clear();
	}

	#show(id: string, answer: WordAnswer): void {
		const card = this.card(id);
		card.answer = answer;
		card.progress = null;
		// An answer to an earlier word is shown too, while the newest is on its way.
		card.status = answer.ways === this.#ways ? 'ready' : 'loading';
	}

	#fail(id: string, error: unknown): void {
		this.#arrived.delete(id);
		const card = this.card(id);
		card.status = 'error';
		card.answer = null;
		card.progress = null;
		card.error = messageOf(error);
	}

	/** Shows what is known without asking: the first word. */
	#recall(id: string): void {
		this.#arrived.delete(id);
		const card = this.card(id);
		const spellings = this.#word === this.#known.word ? this.#known.spellings[id] : undefined;
		card.answer = spellings ? { ways: this.#ways, spellings } : null;
		card.status = spellings || this.#word === '' ? 'ready' : 'absent';
		card.progress = null;
		card.error = null;
	}
}
