import type { LadderForm } from '../../session/links/strawberry';
import type { WordMergesAnswer } from './worker';
import { variantsOf } from './variants';
import { firstDifferingToken } from './parting';
import { Latest } from '../../session/latest';
import type { SpellingWorkers } from './strawberry.svelte';

/** Longer words are not followed merge by merge; UTF-16 units. */
export const LONGEST_LADDER = 200;

interface Question {
	readonly tokenizer: string;
	readonly text: string;
	/** Byte of the text from which on it is followed. */
	readonly byteStart: number;
}

/** How a word came together under one tokenizer. */
export interface ShownLadder extends Question, WordMergesAnswer {}

/** How one word came together under two tokenizers, at one step. */
export class WordMergesPair {
	#tokenizers = $state.raw<readonly [string, string]>(['', '']);
	#form = $state<LadderForm>('alone');
	#step = $state(0);
	#sides = $state.raw<readonly [ShownLadder | null, ShownLadder | null]>([null, null]);
	#problem = $state<string | null>(null);
	#word = $state.raw('');
	readonly #asking: readonly Latest<Question, WordMergesAnswer>[];

	/** The last step of the longer ladder. */
	readonly last = $derived(
		Math.max(0, ...this.#sides.map((side) => side?.ladder.rungs.length ?? 0))
	);
	/** Where the two part; null where they do not see the same characters, or one is awaited. */
	readonly parting = $derived.by(() => {
		const [a, b] = this.#sides;
		return a && b && a.text === b.text ? firstDifferingToken(a.ladder, b.ladder) : null;
	});

	constructor(
		workers: () => Pick<SpellingWorkers, 'ladder'>,
		tokenizers: readonly [string, string],
		first: { readonly word: string; readonly ladders: Readonly<Record<string, WordMergesAnswer>> }
	) {
		this.#tokenizers = tokenizers;
		this.#word = first.word;
		this.#sides = [
			this.#known(first.ladders[tokenizers[0]], 0),
			this.#known(first.ladders[tokenizers[1]], 1)
		];
		this.#step = this.last;
		this.#asking = [0, 1].map(
			(side) =>
				new Latest<Question, WordMergesAnswer>(
					(question) => workers().ladder(question),
					(question, answer) => this.#show(side, { ...question, ...answer }),
					(error) => (this.#problem = error instanceof Error ? error.message : String(error))
				)
		);
	}

	get tokenizers() {
		return this.#tokenizers;
	}
	get form() {
		return this.#form;
	}
	/** Merges done in what is shown. */
	get step() {
		return Math.min(this.#step, this.last);
	}
	/** Null before the first answer and for words that are too long; an answer may lag behind the word. */
	get sides() {
		return this.#sides;
	}
	get problem() {
		return this.#problem;
	}
	get tooLong() {
		return this.#word.length > LONGEST_LADDER;
	}

	setStep(step: number): void {
		this.#step = step;
	}

	setForm(form: LadderForm): void {
		this.#form = form;
		this.follow(this.#word);
	}

	setTokenizer(side: 0 | 1, id: string): void {
		const [a, b] = this.#tokenizers;
		this.#tokenizers = side === 0 ? [id, b] : [a, id];
		this.follow(this.#word);
	}

	/** Follows a word; what is shown already is not asked for. */
	follow(word: string): void {
		this.#word = word;
		this.#problem = null;
		const written = variantsOf(word).find(({ kind }) => kind === this.#form);
		if (!written || this.tooLong) {
			for (const asking of this.#asking) asking.forget();
			this.#sides = [null, null];
			return;
		}
		const { text, byteStart } = written;
		this.#tokenizers.forEach((tokenizer, side) => {
			const shown = this.#sides[side];
			if (shown?.tokenizer === tokenizer && shown.text === text) this.#asking[side].forget();
			else this.#asking[side].ask({ tokenizer, text, byteStart });
		});
	}

	#known(ladder: WordMergesAnswer | undefined, side: 0 | 1): ShownLadder | null {
		if (!ladder) return null;
		return { ...ladder, tokenizer: this.#tokenizers[side], text: this.#word, byteStart: 0 };
	}

	/** A step at the end stays at the end. */
	#show(side: number, ladder: ShownLadder): void {
		const atEnd = this.#step >= this.last;
		const [a, b] = this.#sides;
		this.#sides = side === 0 ? [ladder, b] : [a, ladder];
		if (atEnd) this.#step = this.last;
	}
}
