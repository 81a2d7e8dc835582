import type { WordForm } from '../../session/documents/strawberry';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { PrerenderedWord } from './prerender';
import { textOfForm, WordVariant } from './variants';
import type { WordMerges } from './word-merges';
import type { StrawberryWorkers } from './worker';

/** Length in UTF-16 code units above which words aren't traced. */
export const MAX_TRACED_UNITS = 80;

interface TraceInput {
	readonly tokenizer: string;
	readonly text: string;
	readonly byteStart: number;
}

/** The page's settings that determine which merges are traced. */
interface TraceSettings {
	readonly tracedTokenizer: string;
	readonly form: WordForm;
}

export class WordTracing {
	readonly #settings: TraceSettings;
	readonly #query: WorkerQuery<TraceInput, WordMerges>;

	/**
	 * The latest answer; `null` before the first answer, after a failure, and for words that are too long. See
	 * {@link isStale}.
	 */
	readonly trace: (TraceInput & { readonly merges: WordMerges }) | null = $derived.by(() => {
		const { answer, error } = this.#query;
		return answer === null || error !== null ? null : { ...answer.input, merges: answer.value };
	});

	constructor(
		workers: Pick<StrawberryWorkers, 'traceWord'>,
		settings: TraceSettings,
		{ word, trace }: Pick<PrerenderedWord, 'word' | 'trace'>
	) {
		this.#settings = settings;
		this.#query = new WorkerQuery((input) => workers.traceWord(input), { policy: 'latest' });
		this.#query.seed({ tokenizer: settings.tracedTokenizer, text: word, byteStart: 0 }, trace);
	}

	/** Why tracing failed; `null` if it hasn't failed. */
	get problem() {
		return this.#query.error;
	}

	/** Whether {@link trace} belongs to a different word, form or tokenizer. */
	isStale(word: string): boolean {
		const { trace } = this;
		const { form, tracedTokenizer } = this.#settings;
		return (
			trace !== null &&
			(trace.text !== textOfForm(word, form) || trace.tokenizer !== tracedTokenizer)
		);
	}

	/** Requests the merges of a word, unless the word is empty or too long. */
	follow(word: string): void {
		const { form, tracedTokenizer: tokenizer } = this.#settings;
		if (word === '' || word.length > MAX_TRACED_UNITS) {
			this.#query.forget();
			return;
		}
		const { text, byteStart } = new WordVariant('typed', form, word);
		void this.#query.ask({ tokenizer, text, byteStart });
	}

	retry(): void {
		void this.#query.retry();
	}
}
