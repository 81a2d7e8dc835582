import { isLossless } from '../../languages/carried';
import { decompose } from '../../languages/decompose';
import type { Decomposition, TextMeasure } from '../../languages/types';
import { encodeUtf8 } from '../../engine/text';
import { Latest } from '../../session/latest';
import type { InflationCalls } from './worker';
import type { Workers } from '../../workers/pool';

/** What the state needs of the workers; a test passes a plain object. */
export type PairWorkers = Pick<Workers<InflationCalls>, 'measureTexts'>;

/** How a text is called: by its name, or its number. */
export const textName = ({ name }: PairText, at: number): string => name.trim() || `text ${at + 1}`;

/** One text of the user's, in a language that they name. */
export interface PairText {
	readonly name: string;
	readonly text: string;
}

/** The texts under one tokenizer. */
export interface PairLine {
	readonly tokenizer: string;
	readonly cells: readonly PairCell[];
}

/** One text beside the first one, which all are compared with. */
export interface PairCell {
	readonly measure: TextMeasure;
	/** Null where one of the two is empty, or dropped in part. */
	readonly parts: Decomposition | null;
	/** Whether the tokenizer has no tokens for some of this text. */
	readonly dropped: boolean;
}

interface Question {
	readonly tokenizers: readonly string[];
	readonly texts: readonly PairText[];
}

/** UTF-16 units of a text that are measured at most: with every change its words are looked for anew. */
export const PAIR_LIMIT = 1_000_000;

/** The same text in several languages, pasted by the user. The first is the baseline. */
export class OwnPair {
	#texts: readonly PairText[];
	readonly #first: readonly PairText[];
	#answer = $state.raw<{ question: Question; lines: readonly PairLine[] } | null>(null);
	#problem = $state<string | null>(null);
	readonly #latest: Latest<Question, readonly PairLine[]>;

	constructor(workers: () => PairWorkers, first: readonly PairText[]) {
		this.#texts = $state.raw(first);
		this.#first = first;
		this.#latest = new Latest<Question, readonly PairLine[]>(
			({ tokenizers, texts }) => {
				const encoded = texts.map(({ text }) => encodeUtf8(text));
				return Promise.all(
					tokenizers.map(async (tokenizer) => {
						const { measures } = await workers().measureTexts({ tokenizer, texts: encoded });
						return lineOf(tokenizer, measures);
					})
				);
			},
			(question, lines) => {
				this.#answer = { question, lines };
				this.#problem = null;
			},
			(error) => (this.#problem = error instanceof Error ? error.message : String(error))
		);
	}

	get texts(): readonly PairText[] {
		return this.#texts;
	}
	/** Whether the texts are others than those that the page begins with. */
	get changed(): boolean {
		return this.#texts !== this.#first;
	}
	/** Why the texts were not measured; null when nothing went wrong. */
	get problem(): string | null {
		return this.#problem;
	}

	/** One a tokenizer, of the texts as they were measured last; empty before. */
	get lines(): readonly PairLine[] {
		return this.#answer?.lines ?? [];
	}

	/** The texts that {@link lines} are of. */
	get answered(): readonly PairText[] {
		return this.#answer?.question.texts ?? [];
	}

	/** Texts with nothing in them, and those of more than {@link PAIR_LIMIT}: names, or their number. */
	get empty(): readonly string[] {
		return this.#namesOf((text) => text === '');
	}
	get tooLong(): readonly string[] {
		return this.#namesOf((text) => text.length > PAIR_LIMIT);
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
	/** Two are left at least. */
	remove(at: number): void {
		if (this.#texts.length > 2) this.#texts = this.#texts.filter((_, i) => i !== at);
	}

	/**
	 * Measures the texts as they are now; none of them where one is too long. Reads the texts, so that an
	 * effect follows.
	 */
	follow(tokenizers: readonly string[]): void {
		const texts = this.#texts;
		if (this.tooLong.length > 0) {
			this.#latest.forget();
			this.#answer = null;
			return;
		}
		this.#latest.ask({ tokenizers, texts });
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
