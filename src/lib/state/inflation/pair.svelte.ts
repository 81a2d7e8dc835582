import { decompose } from '../../analysis/inflation/decompose';
import type { Decomposition, TextMeasure } from '../../analysis/inflation/types';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { RequestOptions } from '../../workers/client';
import type { Calls } from '../../workers/protocol';
import { Latest } from '../latest';

/** What the state needs of the workers; a test passes a plain object. */
export type PairWorkers = {
	[M in 'measureTexts']: (
		params: Calls[M]['params'],
		options?: RequestOptions
	) => Promise<Calls[M]['result']>;
};

/** One text of the user's, in a language that they name. */
export interface PairText {
	readonly name: string;
	readonly text: string;
}

/** A text beside the first one, which all are compared with. */
export interface PairLine {
	readonly measure: TextMeasure;
	/** Null where one of the two is empty. */
	readonly parts: Decomposition | null;
}

interface Question {
	readonly tokenizer: string;
	readonly texts: readonly PairText[];
}

/** What is compared is never more than this; a text field for more belongs on Compare. UTF-16 units. */
export const PAIR_LIMIT = 100_000;

/** The same text in several languages, pasted by the user. The first is the baseline. */
export class OwnPair {
	#texts: readonly PairText[];
	readonly #first: readonly PairText[];
	#answer = $state.raw<{ question: Question; measures: readonly TextMeasure[] } | null>(null);
	#problem = $state<string | null>(null);
	readonly #latest: Latest<Question, readonly TextMeasure[]>;

	constructor(workers: () => PairWorkers, first: readonly PairText[]) {
		this.#texts = $state.raw(first);
		this.#first = first;
		this.#latest = new Latest(
			async ({ tokenizer, texts }) => {
				const params = { tokenizer, texts: texts.map(({ text }) => encodeUtf8(text)) };
				return (await workers().measureTexts(params)).measures;
			},
			(question, measures) => {
				this.#answer = { question, measures };
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

	/** One a text, of the texts as they were measured last; empty before. */
	get lines(): readonly PairLine[] {
		const measures = this.#answer?.measures ?? [];
		return measures.map((measure) => ({ measure, parts: decompose(measure, measures[0]) }));
	}

	/** The texts, and the tokenizer, that {@link lines} are of. */
	get answered(): Question | null {
		return this.#answer?.question ?? null;
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

	/** Measures the texts as they are now under a tokenizer. Reads the texts, so that an effect follows. */
	follow(tokenizer: string): void {
		const texts = this.#texts;
		this.#latest.ask({ tokenizer, texts });
	}
}
