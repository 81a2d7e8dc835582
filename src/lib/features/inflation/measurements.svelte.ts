import { untrack } from 'svelte';
import type { TextMeasure } from '../../languages/types';
import type { Workers } from '../../workers/pool';
import type { Progress } from '../../workers/protocol';
import type { Measures } from './rows';
import type { InflationCalls } from './worker';

export type MeasuringWorkers = Pick<Workers<InflationCalls>, 'measureDeclarations'>;

export interface MeasuringState {
	/** Progress of downloading the vocabulary or the texts; `null` if neither is being downloaded. */
	readonly progress: Progress | null;
	/** Why measuring failed; `null` if it hasn't failed. */
	readonly error: string | null;
	/** Number of languages still to be measured. */
	readonly remaining: number;
}

interface Work {
	/** Codes of the languages measured in this browser; results for all others are prerendered. */
	readonly measured: Set<string>;
	requested: readonly string[];
	/**
	 * Stops the running requests; `null` if there are none. This isn't a WorkerQuery, because answers arrive in batches
	 * and all of them are used.
	 */
	abort: AbortController | null;
}

/**
 * Number of tokenizers measured in parallel after the first languages: enough to keep all workers busy, but few enough
 * that some columns are complete long before the end.
 */
const MAX_TOKENIZERS_AT_ONCE = 4;

/** Number of languages in one request, kept small so that the page can process each answer quickly. */
const LANGUAGES_PER_REQUEST = 48;

/** Minimum interval between updates of the displayed results, because each update redraws the chart. */
const MIN_MS_BETWEEN_UPDATES = 1500;

const IDLE: MeasuringState = { progress: null, error: null, remaining: 0 };
const NO_MEASURES: Measures = new Map();

/** Measures languages with tokenizers and keeps the results for the whole visit. */
export class Measurements {
	// Every change replaces the whole map, because changes to individual entries wouldn't be tracked.
	#measures = $state.raw<ReadonlyMap<string, Measures>>(new Map());
	#states = $state.raw<ReadonlyMap<string, MeasuringState>>(new Map());
	readonly #work = new Map<string, Work>();
	/** Results that aren't shown yet, by tokenizer. */
	readonly #pending = new Map<string, Map<string, TextMeasure>>();
	#updateTime = -Infinity;
	/** Runs that have measured their tokenizer's first languages and may now measure the others. */
	readonly #admitted = new Set<AbortController>();
	/** Runs waiting to be admitted, each with a function that continues the run. */
	readonly #waiting = new Map<AbortController, { tokenizer: string; proceed: () => void }>();
	readonly #workers: MeasuringWorkers;
	#wanted = $state.raw<{ tokenizers: readonly string[]; codes: readonly string[] }>({
		tokenizers: [],
		codes: []
	});
	#openRequests = $state(0);
	/** Whether the visitor stopped the measurement before it was complete. */
	stopped = $state(false);
	/** Whether any run has ended without being cancelled. */
	#hasMeasured = $state(false);

	/** @param prerendered prerendered results by tokenizer and language code */
	constructor(
		workers: MeasuringWorkers,
		prerendered: Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>
	) {
		this.#workers = workers;
		this.#measures = new Map(
			Object.entries(prerendered).map(([tokenizer, of]) => [tokenizer, new Map(Object.entries(of))])
		);
	}

	measures(tokenizer: string): Measures {
		return this.#measures.get(tokenizer) ?? NO_MEASURES;
	}

	stateOf(tokenizer: string): MeasuringState {
		return this.#states.get(tokenizer) ?? IDLE;
	}

	get busy(): boolean {
		return this.#openRequests > 0;
	}

	/** `ready` once all wanted languages have been measured in this browser or have failed. */
	get status(): 'loading' | 'stopped' | 'ready' {
		return this.stopped ? 'stopped' : this.#hasMeasured && !this.busy ? 'ready' : 'loading';
	}

	/**
	 * Measures everything that is missing, and cancels requests that are no longer wanted. If the visitor has stopped
	 * the measurement, it resumes only when a tokenizer or language is added. First measures one batch of languages
	 * with every tokenizer, and then the remaining languages with a few tokenizers at a time. Calling this method in
	 * an effect doesn't make the effect depend on the results.
	 */
	want(tokenizers: readonly string[], codes: readonly string[]): void {
		untrack(() => {
			const before = this.#wanted;
			this.#wanted = { tokenizers, codes };
			const isMore = !isWithin(tokenizers, before.tokenizers) || !isWithin(codes, before.codes);
			if (this.stopped && !isMore) return;
			this.stopped = false;
			for (const tokenizer of this.#work.keys()) {
				if (!tokenizers.includes(tokenizer)) this.#cancel(tokenizer);
			}
			for (const tokenizer of tokenizers) {
				const work = this.#workOn(tokenizer);
				const isMissing = (code: string) => !work.measured.has(code);
				// Keep a running request if it is for the same languages.
				const same = codes.filter(isMissing).join() === work.requested.filter(isMissing).join();
				if (!same) this.#cancel(tokenizer);
			}
			for (const tokenizer of tokenizers) {
				const work = this.#workOn(tokenizer);
				const missing = codes.filter((code) => !work.measured.has(code));
				// After an error, the measurement resumes only when the visitor tries again.
				const isOpen = !work.abort && this.stateOf(tokenizer).error === null;
				if (isOpen && missing.length > 0) void this.#measure(tokenizer, work, missing);
			}
		});
	}

	stop(): void {
		untrack(() => {
			this.stopped = this.busy;
			for (const tokenizer of this.#work.keys()) this.#cancel(tokenizer);
		});
	}

	/** Resumes the measurement after a stop or an error. */
	resume(): void {
		const { tokenizers, codes } = this.#wanted;
		for (const tokenizer of tokenizers) this.#change(tokenizer, { error: null });
		this.stopped = false;
		this.want(tokenizers, codes);
	}

	/** Resumes the measurement after an error, but not if the visitor stopped it. */
	retry(): void {
		if (this.#wanted.tokenizers.some((id) => this.stateOf(id).error !== null)) this.resume();
	}

	#change(tokenizer: string, change: Partial<MeasuringState>): void {
		this.#states = new Map(this.#states).set(tokenizer, { ...this.stateOf(tokenizer), ...change });
	}

	#workOn(tokenizer: string): Work {
		let work = this.#work.get(tokenizer);
		if (!work) {
			work = { measured: new Set(), requested: [], abort: null };
			this.#work.set(tokenizer, work);
		}
		return work;
	}

	#cancel(tokenizer: string): void {
		const work = this.#workOn(tokenizer);
		if (!work.abort) return;
		this.#update();
		work.abort.abort(new DOMException('Measuring was stopped.', 'AbortError'));
		this.#admitted.delete(work.abort);
		work.abort = null;
		this.#change(tokenizer, { progress: null, remaining: 0 });
	}

	async #measure(tokenizer: string, work: Work, requested: readonly string[]): Promise<void> {
		work.requested = requested;
		const abort = (work.abort = new AbortController());
		const { signal } = abort;
		const onprogress = (progress: Progress) => {
			if (!signal.aborted && progress.phase !== 'encode') this.#change(tokenizer, { progress });
		};
		this.#change(tokenizer, { remaining: requested.length });
		if (this.#openRequests++ === 0) this.#updateTime = -Infinity;
		try {
			for (let from = 0; from < requested.length; from += LANGUAGES_PER_REQUEST) {
				const isFirst = from === 0 && work.measured.size === 0;
				if (!isFirst && !this.#admitted.has(abort)) {
					if (this.#admitted.size < MAX_TOKENIZERS_AT_ONCE) this.#admitted.add(abort);
					else await this.#waitForTurn(tokenizer, abort);
					signal.throwIfAborted();
				}
				const codes = requested.slice(from, from + LANGUAGES_PER_REQUEST);
				const options = { signal, onprogress };
				const measures = await this.#workers.measureDeclarations({ tokenizer, codes }, options);
				signal.throwIfAborted();
				const pending = this.#pending.get(tokenizer) ?? new Map<string, TextMeasure>();
				for (const [i, code] of codes.entries()) pending.set(code, measures[i]);
				this.#pending.set(tokenizer, pending);
				if (performance.now() - this.#updateTime >= MIN_MS_BETWEEN_UPDATES) this.#update();
				const remaining = requested.length - from - codes.length;
				this.#change(tokenizer, { progress: null, remaining });
			}
		} catch (error) {
			if (!signal.aborted) {
				const message = error instanceof Error ? error.message : String(error);
				this.#change(tokenizer, { error: message, progress: null, remaining: 0 });
			}
		} finally {
			this.#update();
			this.#admitted.delete(abort);
			this.#admit();
			if (work.abort === abort) {
				work.abort = null;
				this.#change(tokenizer, { progress: null, remaining: 0 });
			}
			this.#openRequests--;
			this.#hasMeasured ||= !signal.aborted;
		}
	}

	/** Resolves when it is this tokenizer's turn or when the run is aborted. */
	#waitForTurn(tokenizer: string, abort: AbortController): Promise<void> {
		return new Promise((proceed) => {
			this.#waiting.set(abort, { tokenizer, proceed });
			abort.signal.addEventListener('abort', () => {
				if (this.#waiting.delete(abort)) proceed();
			});
		});
	}

	#admit(): void {
		const place = ({ tokenizer }: { tokenizer: string }) =>
			this.#wanted.tokenizers.indexOf(tokenizer);
		const waiting = [...this.#waiting].sort(([, a], [, b]) => place(a) - place(b));
		for (const [abort, { proceed }] of waiting) {
			if (this.#admitted.size >= MAX_TOKENIZERS_AT_ONCE) return;
			this.#waiting.delete(abort);
			this.#admitted.add(abort);
			proceed();
		}
	}

	#update(): void {
		if (this.#pending.size === 0) return;
		const all = new Map(this.#measures);
		for (const [tokenizer, measures] of this.#pending) {
			const { measured } = this.#workOn(tokenizer);
			for (const code of measures.keys()) measured.add(code);
			all.set(tokenizer, new Map([...this.measures(tokenizer), ...measures]));
		}
		this.#measures = all;
		this.#pending.clear();
		this.#updateTime = performance.now();
	}
}

function isWithin(list: readonly string[], other: readonly string[]): boolean {
	const has = new Set(other);
	return list.every((one) => has.has(one));
}
