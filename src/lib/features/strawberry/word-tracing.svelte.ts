import type { WordForm } from '../../session/links/strawberry';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { PrerenderedWord } from './prerender';
import { textOfForm, WordVariant } from './variants';
import { FIRST_TRACED_TOKENIZER, type WordTrace } from './word-trace';
import type { StrawberryWorkers } from './worker';

/** Words of more UTF-16 code units are not traced. */
export const MAX_TRACED_UNITS = 200;

interface TraceInput {
	readonly tokenizer: string;
	readonly text: string;
	/** Byte offset of the word in the text. */
	readonly byteStart: number;
}

/** The merges of one word under one tokenizer, at one step. */
export class WordTracing {
	#tokenizer = $state(FIRST_TRACED_TOKENIZER);
	#form = $state<WordForm>('alone');
	#word = $state.raw('');
	/** Number of merges done; `null` stays after the last merge, however many there are. */
	chosenStep = $state<number | null>(null);
	readonly #query: WorkerQuery<TraceInput, WordTrace>;

	/** `null` before the first answer, after a failure and for words that are too long. See {@link isStale}. */
	readonly trace: (TraceInput & WordTrace) | null = $derived.by(() => {
		const { answer, error } = this.#query;
		return answer === null || error !== null ? null : { ...answer.input, ...answer.value };
	});
	/** Number of merges. */
	readonly last = $derived(this.trace?.merges.steps.length ?? 0);
	/** Number of merges done. */
	readonly step = $derived(Math.min(this.chosenStep ?? this.last, this.last));
	readonly isTooLong = $derived(this.#word.length > MAX_TRACED_UNITS);

	constructor(
		workers: Pick<StrawberryWorkers, 'traceWord'>,
		{ word, trace }: Pick<PrerenderedWord, 'word' | 'trace'>
	) {
		this.#word = word;
		this.#query = new WorkerQuery((input) => workers.traceWord(input), { policy: 'latest' });
		this.#query.seed({ tokenizer: this.#tokenizer, text: word, byteStart: 0 }, trace);
	}

	get tokenizer() {
		return this.#tokenizer;
	}
	get form() {
		return this.#form;
	}
	/** Why there is no answer; `null` if nothing went wrong. */
	get problem() {
		return this.#query.error;
	}

	/** Whether {@link trace} is of a different word, form or tokenizer. */
	isStale(word: string): boolean {
		const { trace } = this;
		return (
			trace !== null &&
			(trace.text !== textOfForm(word, this.#form) || trace.tokenizer !== this.#tokenizer)
		);
	}

	setStep(step: number): void {
		this.chosenStep = step >= this.last ? null : step;
	}

	setForm(form: WordForm): void {
		this.#form = form;
		this.#ask();
	}

	setTokenizer(id: string): void {
		this.#tokenizer = id;
		this.#ask();
	}

	/** Asks for the merges of another word, unless it is empty or too long. */
	traceWord(word: string): void {
		if (word === this.#word) return;
		this.#word = word;
		this.#ask();
	}

	/** Asks again what failed. */
	retry(): void {
		void this.#query.retry();
	}

	#ask(): void {
		if (this.#word === '' || this.isTooLong) {
			this.#query.forget();
			return;
		}
		const { text, byteStart } = new WordVariant(this.#form, textOfForm(this.#word, this.#form));
		void this.#query.ask({ tokenizer: this.#tokenizer, text, byteStart });
	}
}
