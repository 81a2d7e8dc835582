import { untrack } from 'svelte';
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

/** How far one tokenizer is. */
export interface ColumnState {
	/** Of the vocabulary or the texts on their way; null when nothing is waited for. */
	readonly progress: Progress | null;
	/** Why it was not measured; null when nothing went wrong. */
	readonly error: string | null;
	/** Languages that are still to be measured. */
	readonly left: number;
}

const IDLE: ColumnState = { progress: null, error: null, left: 0 };
const NOTHING: Measures = new Map();

/** What is going on with one tokenizer. */
interface Work {
	/** Which languages were measured in this visit; other measures came with the page. */
	readonly live: Set<string>;
	/** What is being measured, as it was asked for. */
	asked: readonly string[];
	/** Ends what is going on; null when nothing is. */
	abort: AbortController | null;
}

/**
 * Languages measured under tokenizers, in workers. What was measured is kept for the visit: by the id
 * of the tokenizer, which never changes its meaning.
 */
export class Atlas {
	// Replaced as a whole with every change: what is made while something is read is not followed.
	#measures = $state.raw<ReadonlyMap<string, Measures>>(new Map());
	#columns = $state.raw<ReadonlyMap<string, ColumnState>>(new Map());
	readonly #work = new Map<string, Work>();
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
		this.#measures = new Map(
			Object.entries(first).map(([tokenizer, of]) => [tokenizer, new Map(Object.entries(of))])
		);
	}

	/** What is known under a tokenizer. */
	measures(tokenizer: string): Measures {
		return this.#measures.get(tokenizer) ?? NOTHING;
	}

	column(tokenizer: string): ColumnState {
		return this.#columns.get(tokenizer) ?? IDLE;
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
		// An effect that asks does not follow what comes of it.
		untrack(() => this.#want(tokenizers, codes));
	}

	#want(tokenizers: readonly string[], codes: readonly string[]): void {
		this.#wanted = { tokenizers, codes };
		this.#stopped = false;
		for (const tokenizer of this.#work.keys()) {
			if (!tokenizers.includes(tokenizer)) this.#giveUp(tokenizer);
		}
		for (const tokenizer of tokenizers) void this.#measure(tokenizer, codes);
	}

	/** Stops; what has been measured stays. */
	stop(): void {
		untrack(() => {
			this.#stopped = this.busy;
			for (const tokenizer of this.#work.keys()) this.#giveUp(tokenizer);
		});
	}

	/** Goes on where it was stopped, or where something went wrong. */
	resume(): void {
		const { tokenizers, codes } = this.#wanted;
		for (const tokenizer of tokenizers) this.#change(tokenizer, { error: null });
		this.want(tokenizers, codes);
	}

	#change(tokenizer: string, change: Partial<ColumnState>): void {
		this.#columns = new Map(this.#columns).set(tokenizer, {
			...(this.#columns.get(tokenizer) ?? IDLE),
			...change
		});
	}

	#workOn(tokenizer: string): Work {
		let work = this.#work.get(tokenizer);
		if (!work) this.#work.set(tokenizer, (work = { live: new Set(), asked: [], abort: null }));
		return work;
	}

	#giveUp(tokenizer: string): void {
		const work = this.#workOn(tokenizer);
		if (!work.abort) return;
		work.abort.abort(new DOMException('The measuring was stopped.', 'AbortError'));
		work.abort = null;
		this.#change(tokenizer, { progress: null, left: 0 });
	}

	async #measure(tokenizer: string, codes: readonly string[]): Promise<void> {
		const work = this.#workOn(tokenizer);
		const isMissing = (code: string) => !work.live.has(code);
		const missing = codes.filter(isMissing);
		// What failed waits for the user to try again.
		if (this.column(tokenizer).error !== null) return;
		// What is asked for again meanwhile goes on.
		if (work.abort && missing.join() === work.asked.filter(isMissing).join()) return;
		this.#giveUp(tokenizer);
		if (missing.length === 0) return;
		work.asked = missing;
		const abort = (work.abort = new AbortController());
		const { signal } = abort;
		const onprogress = (progress: Progress) => {
			if (!signal.aborted && progress.phase !== 'encode') this.#change(tokenizer, { progress });
		};
		this.#change(tokenizer, { left: missing.length });
		this.#begin(missing.length);
		try {
			for (let from = 0; from < missing.length; from += BATCH) {
				const batch = missing.slice(from, from + BATCH);
				const params = { tokenizer, codes: batch };
				const options = { signal, onprogress };
				const { measures } = await this.#workers().measureLanguages(params, options);
				signal.throwIfAborted();
				this.#take(tokenizer, batch, measures);
				const left = missing.length - from - batch.length;
				this.#change(tokenizer, { progress: null, left });
			}
		} catch (error) {
			if (!signal.aborted) {
				const message = error instanceof Error ? error.message : String(error);
				this.#change(tokenizer, { error: message, progress: null, left: 0 });
			}
		} finally {
			if (work.abort === abort) work.abort = null;
			this.#end(signal.aborted);
		}
	}

	#take(tokenizer: string, codes: readonly string[], measures: readonly TextMeasure[]): void {
		const { live } = this.#workOn(tokenizer);
		const all = new Map(this.measures(tokenizer));
		codes.forEach((code, i) => {
			all.set(code, measures[i]);
			live.add(code);
		});
		this.#measures = new Map(this.#measures).set(tokenizer, all);
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
