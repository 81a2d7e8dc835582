import type { TextMeasure } from '../../analysis/inflation/types';
import type { RequestOptions } from '../../workers/client';
import type { Calls, Progress } from '../../workers/protocol';
import type { Measures } from './rows';

/** What the state needs of the workers; a test passes a plain object. */
export type AtlasWorkers = {
	[M in 'measureLanguages']: (
		params: Calls[M]['params'],
		options?: RequestOptions
	) => Promise<Calls[M]['result']>;
};

/** Languages asked for at a time: results stream in, and one answer is a short task for the page. */
const BATCH = 48;

/** What is known of one tokenizer. Every part changes on its own. */
export class AtlasColumn {
	measures = $state.raw<Measures>(new Map());
	/** Of the vocabulary or the texts on their way; null when nothing is waited for. */
	progress = $state.raw<Progress | null>(null);
	/** Why it was not measured; null when nothing went wrong. */
	error = $state.raw<string | null>(null);
	/** Languages that are still to be measured. */
	left = $state(0);
	/** What is being measured, as it was asked for. */
	asked: readonly string[] = [];
	/** Which of {@link measures} were made in this visit; the others came with the page. */
	readonly live = new Set<string>();
	/** Ends what is going on; null when nothing is. */
	abort: AbortController | null = null;
}

/**
 * Languages measured under tokenizers, in workers. What was measured is kept for the visit: by the id
 * of the tokenizer, which never changes its meaning.
 */
export class Atlas {
	readonly #columns = new Map<string, AtlasColumn>();
	readonly #workers: () => AtlasWorkers;
	readonly #now: () => number;
	#wanted: { tokenizers: readonly string[]; codes: readonly string[] } = {
		tokenizers: [],
		codes: []
	};
	#open = $state(0);
	#stopped = $state(false);
	#began = 0;
	#milliseconds = $state<number | null>(null);
	/** Measures asked for since nothing was going on. */
	#asked = 0;
	#counted = $state(0);

	/**
	 * @param workers asked for when the first request is made, so that a server never starts any
	 * @param first what came with the page, by tokenizer and code
	 * @param now milliseconds of a clock that only goes forwards
	 */
	constructor(
		workers: () => AtlasWorkers,
		first: Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>,
		now: () => number = () => performance.now()
	) {
		this.#workers = workers;
		this.#now = now;
		for (const [tokenizer, measures] of Object.entries(first)) {
			this.column(tokenizer).measures = new Map(Object.entries(measures));
		}
	}

	/** The same object for the whole visit. */
	column(tokenizer: string): AtlasColumn {
		let column = this.#columns.get(tokenizer);
		if (!column) this.#columns.set(tokenizer, (column = new AtlasColumn()));
		return column;
	}

	/** Whether anything is being measured. */
	get busy(): boolean {
		return this.#open > 0;
	}

	/** Whether the user stopped it before its end. */
	get stopped(): boolean {
		return this.#stopped;
	}

	/** How long the last measuring took, from the first request to the last answer; null before. */
	get milliseconds(): number | null {
		return this.#milliseconds;
	}

	/** How many texts were tokenized in {@link milliseconds}. */
	get counted(): number {
		return this.#counted;
	}

	/** Measures what is missing of this, and gives up what is not wanted any more. */
	want(tokenizers: readonly string[], codes: readonly string[]): void {
		this.#wanted = { tokenizers, codes };
		this.#stopped = false;
		for (const [tokenizer, column] of this.#columns) {
			if (!tokenizers.includes(tokenizer)) this.#giveUp(column);
		}
		for (const tokenizer of tokenizers) void this.#measure(tokenizer, codes);
	}

	/** Stops; what has been measured stays. */
	stop(): void {
		this.#stopped = this.busy;
		for (const column of this.#columns.values()) this.#giveUp(column);
	}

	/** Goes on where it was stopped, or where something went wrong. */
	resume(): void {
		const { tokenizers, codes } = this.#wanted;
		for (const tokenizer of tokenizers) this.column(tokenizer).error = null;
		this.want(tokenizers, codes);
	}

	#giveUp(column: AtlasColumn): void {
		column.abort?.abort(new DOMException('The measuring was stopped.', 'AbortError'));
		column.abort = null;
		column.progress = null;
		column.left = 0;
	}

	async #measure(tokenizer: string, codes: readonly string[]): Promise<void> {
		const column = this.column(tokenizer);
		const isMissing = (code: string) => !column.live.has(code);
		const missing = codes.filter(isMissing);
		// What failed waits for the user to try again.
		if (column.error !== null) return;
		// What is asked for again meanwhile goes on.
		if (column.abort && missing.join() === column.asked.filter(isMissing).join()) return;
		this.#giveUp(column);
		if (missing.length === 0) return;
		column.asked = missing;
		const abort = (column.abort = new AbortController());
		const { signal } = abort;
		const onprogress = (progress: Progress) => {
			if (!signal.aborted && progress.phase !== 'encode') column.progress = progress;
		};
		column.left = missing.length;
		this.#begin(missing.length);
		try {
			for (let from = 0; from < missing.length; from += BATCH) {
				const batch = missing.slice(from, from + BATCH);
				const params = { tokenizer, codes: batch };
				const { measures } = await this.#workers().measureLanguages(params, {
					signal,
					onprogress
				});
				signal.throwIfAborted();
				column.progress = null;
				column.left -= batch.length;
				const all = new Map(column.measures);
				batch.forEach((code, i) => {
					all.set(code, measures[i]);
					column.live.add(code);
				});
				column.measures = all;
			}
		} catch (error) {
			if (!signal.aborted) {
				column.error = error instanceof Error ? error.message : String(error);
				column.progress = null;
				column.left = 0;
			}
		} finally {
			if (column.abort === abort) column.abort = null;
			this.#end(signal.aborted);
		}
	}

	#begin(texts: number): void {
		if (this.#open === 0) {
			this.#began = this.#now();
			this.#asked = 0;
			this.#milliseconds = null;
		}
		this.#asked += texts;
		this.#open++;
	}

	#end(aborted: boolean): void {
		this.#open--;
		if (aborted) this.#asked = NaN;
		if (this.#open > 0 || Number.isNaN(this.#asked)) return;
		this.#milliseconds = this.#now() - this.#began;
		this.#counted = this.#asked;
	}
}
