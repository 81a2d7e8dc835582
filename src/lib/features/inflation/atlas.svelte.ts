import { untrack } from 'svelte';
import type { TextMeasure } from '../../languages/types';
import type { Progress } from '../../workers/protocol';
import type { AtlasOptions, AtlasWorkers, ColumnState, EarlierMeasures, Work } from './atlas-types';
import type { Measures } from './rows';

/** Results stream in, and each answer is a short task for the page. */
const LANGUAGES_PER_REQUEST = 48;

const IDLE: ColumnState = { progress: null, error: null, left: 0 };
const NOTHING: Measures = new Map();

/**
 * Measures languages in tokenizers. Measures are cached: for the visit by the id of the tokenizer, which
 * never changes its meaning, and beyond it by everything that determines them.
 */
export class Atlas {
	// Replaced as a whole with every change: entries that are added during a read would not be tracked.
	#measures = $state.raw<ReadonlyMap<string, Measures>>(new Map());
	#columns = $state.raw<ReadonlyMap<string, ColumnState>>(new Map());
	readonly #work = new Map<string, Work>();
	readonly #workers: AtlasWorkers;
	readonly #earlier: EarlierMeasures | null;
	readonly #atOnce: number;
	readonly #now: () => number;
	#wanted = $state.raw<{ tokenizers: readonly string[]; codes: readonly string[] }>({
		tokenizers: [],
		codes: []
	});
	#open = $state(0);
	#stopped = $state(false);
	#began = 0;
	#milliseconds = $state<number | null>(null);
	/** Texts measured since the first open request; NaN once a request was cancelled. */
	#taken = 0;
	#counted = $state(0);

	/**
	 * @param first prerendered measures, by tokenizer and language code
	 */
	constructor(
		workers: AtlasWorkers,
		first: Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>,
		{ earlier = null, atOnce = Infinity, now = () => performance.now() }: AtlasOptions = {}
	) {
		this.#workers = workers;
		this.#earlier = earlier;
		this.#atOnce = atOnce;
		this.#now = now;
		this.#measures = new Map(
			Object.entries(first).map(([tokenizer, of]) => [tokenizer, new Map(Object.entries(of))])
		);
	}

	/** All measures of a tokenizer so far. */
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

	/** Duration of the latest measurement, from the first request to the last answer; `null` before. */
	get milliseconds(): number | null {
		return this.#milliseconds;
	}

	/** How many texts were tokenized in {@link milliseconds}. */
	get counted(): number {
		return this.#counted;
	}

	/** How many languages are asked for, and how many of them are measured under a tokenizer. */
	get wanted(): number {
		return this.#wanted.codes.length;
	}
	measured(tokenizer: string): number {
		const measures = this.measures(tokenizer);
		return this.#wanted.codes.filter((code) => measures.has(code)).length;
	}

	/** How many of the wanted measures are from an earlier visit. */
	get fromEarlier(): number {
		const { tokenizers, codes } = this.#wanted;
		// Replaced with every new measure, so that this is tracked.
		const known = this.#measures;
		return tokenizers.reduce((sum, tokenizer) => {
			const earlier = known.has(tokenizer) ? this.#work.get(tokenizer)?.earlier : undefined;
			return sum + (earlier ? codes.filter((code) => earlier.has(code)).length : 0);
		}, 0);
	}

	/**
	 * Measures what is missing, and cancels requests that are no longer wanted. After a stop, it goes on only
	 * once more is wanted: a different order of the same is not more.
	 */
	want(tokenizers: readonly string[], codes: readonly string[]): void {
		// An effect that calls this does not depend on the measures.
		untrack(() => this.#want(tokenizers, codes));
	}

	#want(tokenizers: readonly string[], codes: readonly string[]): void {
		const before = this.#wanted;
		this.#wanted = { tokenizers, codes };
		const isMore = !isWithin(tokenizers, before.tokenizers) || !isWithin(codes, before.codes);
		if (this.#stopped && !isMore) return;
		this.#stopped = false;
		for (const tokenizer of this.#work.keys()) {
			if (!tokenizers.includes(tokenizer)) this.#giveUp(tokenizer);
		}
		for (const tokenizer of tokenizers) {
			const work = this.#workOn(tokenizer);
			const isMissing = (code: string) => !work.live.has(code);
			// A request for the same languages goes on.
			const same = codes.filter(isMissing).join() === work.asked.filter(isMissing).join();
			if (!same) this.#giveUp(tokenizer);
		}
		this.#start();
	}

	/** Starts on tokenizers that are wanted and idle, up to the allowed number at once. */
	#start(): void {
		const { tokenizers, codes } = this.#wanted;
		for (const tokenizer of this.#stopped ? [] : tokenizers) {
			const going = [...this.#work.values()].filter(({ abort }) => abort !== null).length;
			if (going >= this.#atOnce) return;
			const work = this.#workOn(tokenizer);
			// After an error, the user has to try again.
			if (work.abort || this.column(tokenizer).error !== null) continue;
			const missing = codes.filter((code) => !work.live.has(code));
			if (missing.length > 0) void this.#measure(tokenizer, work, missing);
		}
	}

	/** Stops for the user; measures stay. */
	stop(): void {
		untrack(() => {
			this.#stopped = this.busy;
			this.#giveUpAll();
		});
	}

	/** Cancels all requests because nobody looks at them; it goes on once they are wanted again. */
	rest(): void {
		untrack(() => {
			this.#wanted = { tokenizers: [], codes: [] };
			this.#stopped = false;
			this.#giveUpAll();
		});
	}

	/** Measures everything wanted again. Each measure stays until a new one takes its place. */
	again(): void {
		const { tokenizers, codes } = this.#wanted;
		this.rest();
		for (const tokenizer of tokenizers) {
			const work = this.#workOn(tokenizer);
			work.live.clear();
			work.earlier.clear();
			work.recalled = true;
		}
		// Replaced, because `fromEarlier` tracks it.
		this.#measures = new Map(this.#measures);
		this.want(tokenizers, codes);
	}

	/** Goes on after a stop or an error. */
	resume(): void {
		const { tokenizers, codes } = this.#wanted;
		for (const tokenizer of tokenizers) this.#change(tokenizer, { error: null });
		this.#stopped = false;
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
		if (!work) {
			const recalled = this.#earlier === null;
			work = { live: new Set(), earlier: new Set(), recalled, asked: [], abort: null };
			this.#work.set(tokenizer, work);
		}
		return work;
	}

	#giveUpAll(): void {
		for (const tokenizer of this.#work.keys()) this.#giveUp(tokenizer);
	}

	#giveUp(tokenizer: string): void {
		const work = this.#workOn(tokenizer);
		if (!work.abort) return;
		work.abort.abort(new DOMException('The measuring was stopped.', 'AbortError'));
		work.abort = null;
		this.#change(tokenizer, { progress: null, left: 0 });
	}

	async #measure(tokenizer: string, work: Work, asked: readonly string[]): Promise<void> {
		work.asked = asked;
		const abort = (work.abort = new AbortController());
		const { signal } = abort;
		const onprogress = (progress: Progress) => {
			if (!signal.aborted && progress.phase !== 'encode') this.#change(tokenizer, { progress });
		};
		this.#change(tokenizer, { left: asked.length });
		this.#begin();
		let taken = 0;
		try {
			if (!work.recalled) await this.#recall(tokenizer, work, signal);
			const missing = asked.filter((code) => !work.live.has(code));
			for (let from = 0; from < missing.length; from += LANGUAGES_PER_REQUEST) {
				const codes = missing.slice(from, from + LANGUAGES_PER_REQUEST);
				const options = { signal, onprogress };
				const call = this.#workers.measureLanguages({ tokenizer, codes }, options);
				const { measures } = await call;
				signal.throwIfAborted();
				this.#take(tokenizer, work, new Map(codes.map((code, i) => [code, measures[i]])));
				taken += codes.length;
				this.#change(tokenizer, { progress: null, left: missing.length - from - codes.length });
			}
		} catch (error) {
			if (!signal.aborted) {
				const message = error instanceof Error ? error.message : String(error);
				this.#change(tokenizer, { error: message, progress: null, left: 0 });
			}
		} finally {
			this.#taken += taken;
			if (taken > 0) void this.#earlier?.write(tokenizer, this.#liveMeasures(tokenizer, work));
			if (work.abort === abort) {
				work.abort = null;
				this.#change(tokenizer, { progress: null, left: 0 });
			}
			this.#start();
			this.#end(signal.aborted);
		}
	}

	async #recall(tokenizer: string, work: Work, signal: AbortSignal): Promise<void> {
		const found = await this.#earlier?.read(tokenizer);
		signal.throwIfAborted();
		work.recalled = true;
		if (!found || found.size === 0) return;
		for (const code of found.keys()) work.earlier.add(code);
		this.#take(tokenizer, work, found);
	}

	#liveMeasures(tokenizer: string, work: Work): Measures {
		return new Map([...this.measures(tokenizer)].filter(([code]) => work.live.has(code)));
	}

	#take(tokenizer: string, work: Work, measures: Measures): void {
		for (const code of measures.keys()) work.live.add(code);
		const all = new Map([...this.measures(tokenizer), ...measures]);
		this.#measures = new Map(this.#measures).set(tokenizer, all);
	}

	#begin(): void {
		if (this.#open === 0) {
			this.#began = this.#now();
			this.#taken = 0;
			this.#milliseconds = null;
		}
		this.#open++;
	}

	#end(aborted: boolean): void {
		this.#open--;
		if (aborted) this.#taken = NaN;
		if (this.#open > 0 || !(this.#taken > 0)) return;
		this.#milliseconds = this.#now() - this.#began;
		this.#counted = this.#taken;
	}
}

/** Whether one list is a subset of the other. */
function isWithin(list: readonly string[], other: readonly string[]): boolean {
	const has = new Set(other);
	return list.every((one) => has.has(one));
}
