import type { LadderForm } from '../../session/links/strawberry';
import type { WordMergesAnswer } from './worker';
import { variantsOf } from './variants';
import { firstDifferingToken } from './parting';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { SpellingWorkers } from './strawberry.svelte';

/** UTF-16 units of the longest word that is followed merge by merge. */
export const MAX_LADDER_UNITS = 200;

interface WordInput {
	readonly tokenizer: string;
	readonly text: string;
	/** Byte offset in the text at which the word begins. */
	readonly byteStart: number;
}

/** The merges of a word under one tokenizer. */
export interface ShownLadder extends WordInput, WordMergesAnswer {}

/** The merges of one word under two tokenizers, at one step. */
export class WordMergesPair {
	#tokenizers = $state.raw<readonly [string, string]>(['', '']);
	#form = $state<LadderForm>('alone');
	/** Infinity: stays at the end. */
	#step = $state(Infinity);
	#word = $state.raw('');
	readonly #queries: readonly WorkerQuery<WordInput, WordMergesAnswer>[];
	readonly #sides: readonly [ShownLadder | null, ShownLadder | null] = $derived.by(() => {
		const [a, b] = this.#queries.map(
			({ answer }) => answer && { ...answer.input, ...answer.value }
		);
		return [a, b];
	});

	/** The last step of the longer ladder. */
	readonly last = $derived(
		Math.max(0, ...this.#sides.map((side) => side?.ladder.rungs.length ?? 0))
	);
	/** Where the two differ first; `null` if they do not see the same characters, or one has no answer yet. */
	readonly parting = $derived.by(() => {
		const [a, b] = this.#sides;
		return a && b && a.text === b.text ? firstDifferingToken(a.ladder, b.ladder) : null;
	});

	constructor(
		workers: Pick<SpellingWorkers, 'ladder'>,
		tokenizers: readonly [string, string],
		first: { readonly word: string; readonly ladders: Readonly<Record<string, WordMergesAnswer>> }
	) {
		this.#tokenizers = tokenizers;
		this.#word = first.word;
		this.#queries = tokenizers.map((tokenizer) => {
			const query = new WorkerQuery<WordInput, WordMergesAnswer>((input) => workers.ladder(input), {
				policy: 'latest'
			});
			const known = first.ladders[tokenizer] as WordMergesAnswer | undefined;
			if (known) query.seed({ tokenizer, text: first.word, byteStart: 0 }, known);
			return query;
		});
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
	/** `null` before the first answer and for words that are too long; an answer may lag behind the word. */
	get sides() {
		return this.#sides;
	}
	get problem() {
		return this.#queries[0].error ?? this.#queries[1].error;
	}
	get tooLong() {
		return this.#word.length > MAX_LADDER_UNITS;
	}

	setStep(step: number): void {
		this.#step = step >= this.last ? Infinity : step;
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

	/** Follows a word, unless it is empty or too long. */
	follow(word: string): void {
		this.#word = word;
		const written = variantsOf(word).find(({ kind }) => kind === this.#form);
		for (const [side, query] of this.#queries.entries()) {
			if (!written || this.tooLong) query.forget();
			else {
				const { text, byteStart } = written;
				void query.ask({ tokenizer: this.#tokenizers[side], text, byteStart });
			}
		}
	}
}
