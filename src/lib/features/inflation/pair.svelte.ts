import { isLossless } from '../../languages/dropped';
import { decompose } from '../../languages/decompose';
import type { Decomposition, TextMeasure } from '../../languages/types';
import { encodeUtf8 } from '../../engine/text';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { InflationCalls } from './worker';
import type { Workers } from '../../workers/pool';

/** The worker calls that the state needs; a test passes a plain object. */
export type PairWorkers = Pick<Workers<InflationCalls>, 'measureTexts'>;

/** Name of a text, or its number if it has none. */
export const textName = ({ name }: PairText, at: number): string => name.trim() || `text ${at + 1}`;

/** A text of the user's, in a language that they name. */
export interface PairText {
	readonly name: string;
	readonly text: string;
}

/** The texts under one tokenizer. */
export interface PairLine {
	readonly tokenizer: string;
	readonly cells: readonly PairCell[];
}

/** One text compared with the first. */
export interface PairCell {
	readonly measure: TextMeasure;
	/** `null` if one of the two is empty, or dropped in part. */
	readonly parts: Decomposition | null;
	/** Whether the tokenizer has no tokens for some of this text. */
	readonly dropped: boolean;
}

interface PairInput {
	readonly tokenizers: readonly string[];
	readonly texts: readonly PairText[];
}

/** UTF-16 units of the longest text that is measured: with every change, its words are found again. */
export const MAX_PAIR_UNITS = 1_000_000;

/** The same text in several languages, pasted by the user. The first is the baseline. */
export class OwnPair {
	#texts: readonly PairText[];
	readonly #first: readonly PairText[];
	readonly #query: WorkerQuery<PairInput, readonly PairLine[]>;

	constructor(workers: PairWorkers, first: readonly PairText[]) {
		this.#texts = $state.raw(first);
		this.#first = first;
		this.#query = new WorkerQuery<PairInput, readonly PairLine[]>(
			({ tokenizers, texts }) => {
				const encoded = texts.map(({ text }) => encodeUtf8(text));
				return Promise.all(
					tokenizers.map(async (tokenizer) => {
						const { measures } = await workers.measureTexts({ tokenizer, texts: encoded });
						return lineOf(tokenizer, measures);
					})
				);
			},
			{ policy: 'latest' }
		);
	}

	get texts(): readonly PairText[] {
		return this.#texts;
	}
	/** Whether the texts differ from those that the page begins with. */
	get changed(): boolean {
		return this.#texts !== this.#first;
	}
	/** Why the texts were not measured, for people; `null` if nothing went wrong. */
	get problem(): string | null {
		return this.#query.error;
	}

	/** One per tokenizer, of the texts measured last; empty before. */
	get lines(): readonly PairLine[] {
		return this.#query.answer?.value ?? [];
	}

	/** The texts that {@link lines} are of. */
	get answered(): readonly PairText[] {
		return this.#query.answer?.input.texts ?? [];
	}

	/** Names of the texts that are empty, and of those with more than {@link MAX_PAIR_UNITS}. */
	get empty(): readonly string[] {
		return this.#namesOf((text) => text === '');
	}
	get tooLong(): readonly string[] {
		return this.#namesOf((text) => text.length > MAX_PAIR_UNITS);
	}

	#namesOf(has: (text: string) => boolean): readonly string[] {
		return this.#texts.flatMap((own, i) => (has(own.text) ? [textName(own, i)] : []));
	}

	set(texts: readonly PairText[]): void {
		this.#texts = texts;
	}
	change(at: number, change: Partial<PairText>): void {
		this.#texts = this.#texts.map((text, i) => (i === at ? { ...text, ...change } : text));
	}
	add(): void {
		this.#texts = [...this.#texts, { name: `Text ${this.#texts.length + 1}`, text: '' }];
	}
	/** At least two stay. */
	remove(at: number): void {
		if (this.#texts.length > 2) this.#texts = this.#texts.filter((_, i) => i !== at);
	}

	/** Measures the texts as they are now; none of them if one is too long. An effect follows the texts. */
	follow(tokenizers: readonly string[]): void {
		if (this.tooLong.length > 0) this.#query.forget();
		else void this.#query.ask({ tokenizers, texts: this.#texts });
	}
}

function lineOf(tokenizer: string, measures: readonly TextMeasure[]): PairLine {
	const cells = measures.map((measure) => ({
		measure,
		parts: decompose(measure, measures[0]),
		dropped: !isLossless(measure)
	}));
	return { tokenizer, cells };
}
