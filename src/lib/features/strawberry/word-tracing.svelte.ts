import type { WordForm } from '../../session/documents/strawberry';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { PrerenderedWord } from './prerender';
import { textOfForm, WordVariant } from './variants';
import type { WordTrace } from './word-trace';
import type { StrawberryWorkers } from './worker';

/** Words of more UTF-16 code units are not traced. */
export const MAX_TRACED_UNITS = 200;

interface TraceInput {
	readonly tokenizer: string;
	readonly text: string;
	/** Byte offset of the word in the text. */
	readonly byteStart: number;
}

/** What the page shows of the merges. */
interface TraceSettings {
	readonly tracedTokenizer: string;
	readonly form: WordForm;
	/** Number of merges done; `null` stays after the last merge, however many there are. */
	step: number | null;
}

/** The merges of one word under one tokenizer, at one step. */
export class WordTracing {
	readonly #settings: TraceSettings;
	readonly #query: WorkerQuery<TraceInput, WordTrace>;

	/** `null` before the first answer, after a failure and for words that are too long. See {@link isStale}. */
	readonly trace: (TraceInput & WordTrace) | null = $derived.by(() => {
		const { answer, error } = this.#query;
		return answer === null || error !== null ? null : { ...answer.input, ...answer.value };
	});
	/** Number of merges. */
	readonly last = $derived(this.trace?.merges.steps.length ?? 0);
	/** Number of merges done. */
	readonly step = $derived.by(() => Math.min(this.#settings.step ?? this.last, this.last));

	constructor(
		workers: Pick<StrawberryWorkers, 'traceWord'>,
		settings: TraceSettings,
		{ word, trace }: Pick<PrerenderedWord, 'word' | 'trace'>
	) {
		this.#settings = settings;
		this.#query = new WorkerQuery((input) => workers.traceWord(input), { policy: 'latest' });
		this.#query.seed({ tokenizer: settings.tracedTokenizer, text: word, byteStart: 0 }, trace);
	}

	/** Why there is no answer; `null` if nothing went wrong. */
	get problem() {
		return this.#query.error;
	}

	/** Whether {@link trace} is of a different word, form or tokenizer. */
	isStale(word: string): boolean {
		const { trace } = this;
		const { form, tracedTokenizer } = this.#settings;
		return (
			trace !== null &&
			(trace.text !== textOfForm(word, form) || trace.tokenizer !== tracedTokenizer)
		);
	}

	setStep(step: number): void {
		this.#settings.step = step >= this.last ? null : step;
	}

	/** Asks for the merges of a word, unless it is empty or too long. */
	follow(word: string): void {
		const { form, tracedTokenizer: tokenizer } = this.#settings;
		if (word === '' || word.length > MAX_TRACED_UNITS) {
			this.#query.forget();
			return;
		}
		const { text, byteStart } = new WordVariant(form, textOfForm(word, form));
		void this.#query.ask({ tokenizer, text, byteStart });
	}

	/** Asks again what failed. */
	retry(): void {
		void this.#query.retry();
	}
}
