import type { Training, TrainingRules } from '../../engine';
import { countCharsOfUtf8, encodeUtf8 } from '../../engine/text/utf8';
import type { RequestOptions } from '../../workers/client';
import type { TrainingRun, TrainParams, TrainResult } from '../../workers/calls/training';
import type { Calls, Progress } from '../../workers/protocol';
import type { Corpus } from './corpus';
import { fileParts } from './file-parts';

/** What the state needs of the workers; a test passes a plain object. */
export type TrainingWorkers = {
	[M in 'count' | 'train' | 'steps' | 'pairs' | 'usage' | 'trainedFile']: (
		params: Calls[M]['params'],
		options?: RequestOptions
	) => Promise<Calls[M]['result']>;
} & {
	/** How many parts of a file are counted at the same time. */
	readonly counters: number;
	/** Gives up the workers that count. */
	stopCounting(): void;
};

/** A finished training, and what it was trained on. */
export interface Trained extends TrainResult {
	readonly run: TrainingRun;
	readonly corpus: Corpus;
	/** As they were asked for; `training.rules` are the same. */
	readonly rules: TrainingRules;
	/** The text (UTF-8) that {@link TrainResult.steps} are of. */
	readonly text: Uint8Array;
	/** Of the corpus. */
	readonly bytes: number;
	/** Code points of the corpus. */
	readonly chars: number;
}

/** Up to this many units a text is trained on while it is being typed. */
export const LIVE = 300_000;
/** How long a change must rest before a text is trained on by itself, in milliseconds. */
const REST = 120;
const SESSION = 'train';

/** A corpus, the rules, and the training that comes of them. */
export class TrainState {
	#corpus = $state.raw<Corpus>({ kind: 'text', text: '' });
	#rules: TrainingRules;
	#status = $state<'idle' | 'loading' | 'ready' | 'error'>('idle');
	#progress = $state.raw<Progress | null>(null);
	#error = $state<string | null>(null);
	#trained = $state.raw<Trained | null>(null);
	#step = $state(0);
	readonly #workers: () => TrainingWorkers;
	/** The text that is shown beside the training, as UTF-8. */
	readonly #text: () => Uint8Array;
	#abort = new AbortController();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#runs = 0;
	/** The step to show of the next training, wherever the step is now. */
	#goTo: number | null = null;

	/** @param workers asked for when the first request is made, so that a server never starts any */
	constructor(
		workers: () => TrainingWorkers,
		text: () => Uint8Array,
		first: { readonly trained: Trained; readonly step: number }
	) {
		this.#workers = workers;
		this.#text = text;
		this.#corpus = first.trained.corpus;
		this.#rules = $state.raw(first.trained.rules);
		this.#show(first.trained);
		this.setStep(first.step);
	}

	get corpus() {
		return this.#corpus;
	}
	get rules() {
		return this.#rules;
	}
	/** `ready` only when what is shown is of the corpus and the rules as they are now. */
	get status() {
		return this.#status;
	}
	get progress() {
		return this.#progress;
	}
	get error() {
		return this.#error;
	}
	/** The last training that was finished; it may lag behind the corpus and the rules. */
	get trained() {
		return this.#trained;
	}
	/** Merges done in what is shown. */
	get step() {
		return this.#step;
	}
	/** Merges of the training that is shown. */
	get merges(): number {
		return this.#trained?.training.products.length ?? 0;
	}
	/** Whether the corpus is small enough to be trained on at every change. */
	get live(): boolean {
		return this.#corpus.kind === 'text' && this.#corpus.text.length <= LIVE;
	}

	setStep(step: number): void {
		this.#step = Math.max(0, Math.min(step, this.merges));
	}

	setCorpus(corpus: Corpus): void {
		this.#corpus = corpus;
		this.#changed();
	}

	setRules(rules: TrainingRules): void {
		this.#rules = rules;
		this.#changed();
	}

	/** Takes over both at once, an example or a link. @param step to show; null for the end */
	set(corpus: Corpus, rules: TrainingRules, step: number | null = null): void {
		this.#corpus = corpus;
		this.#rules = rules;
		this.#run(step ?? Infinity);
	}

	/** Trains now, and shows the end. */
	start(): void {
		this.#run(Infinity);
	}

	/**
	 * Has a worker do the training that came with the page, so that it can be looked into. What is shown
	 * stays as it is meanwhile.
	 */
	hold(): void {
		if (this.#trained?.run.run !== 0 || !this.#isCurrent()) return;
		void this.#train(this.#abort.signal);
	}

	/** Stops what is going on; the training before it stays. */
	stop(): void {
		this.#cancel();
		this.#status = this.#isCurrent() ? 'ready' : 'idle';
	}

	/** Trains again where the worker that held the training is gone, without moving the step. */
	/** @param step to show of what comes of it */
	#run(step: number): void {
		this.#cancel();
		this.#goTo = step;
		this.#status = 'loading';
		void this.#train(this.#abort.signal);
	}

	#changed(): void {
		this.#cancel();
		if (this.#isCurrent()) {
			this.#status = 'ready';
		} else if (this.live) {
			this.#status = 'loading';
			const { signal } = this.#abort;
			this.#timer = setTimeout(() => void this.#train(signal), REST);
		} else {
			this.#status = 'idle';
		}
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		this.#abort.abort(new DOMException('The training was stopped.', 'AbortError'));
		this.#abort = new AbortController();
		this.#progress = null;
		this.#error = null;
	}

	#isCurrent(): boolean {
		const trained = this.#trained;
		return trained?.corpus === this.#corpus && trained.rules === this.#rules;
	}

	async #train(signal: AbortSignal): Promise<void> {
		const corpus = this.#corpus;
		const rules = this.#rules;
		const run = { session: SESSION, run: ++this.#runs };
		if (!this.#isCurrent()) this.#status = 'loading';
		try {
			const counted = await this.#counted(corpus, rules, signal);
			const onprogress = (progress: Progress) => {
				if (!signal.aborted && this.#status === 'loading') this.#progress = progress;
			};
			const text = this.#text();
			const params = { ...run, corpus: counted.corpus, rules, text };
			const result = await this.#workers().train(params, { signal, onprogress });
			const { bytes, chars } = counted;
			this.#show({ ...result, run, corpus, rules, text, bytes, chars });
		} catch (error) {
			if (signal.aborted) return;
			this.#status = 'error';
			this.#progress = null;
			this.#error = error instanceof Error ? error.message : String(error);
		}
	}

	async #counted(
		corpus: Corpus,
		rules: TrainingRules,
		signal: AbortSignal
	): Promise<{ corpus: TrainParams['corpus']; bytes: number; chars: number }> {
		if (corpus.kind === 'text') {
			const text = encodeUtf8(corpus.text);
			return { corpus: { text }, bytes: text.length, chars: countCharsOfUtf8(text) };
		}
		const { file, format } = corpus;
		if (format === 'counts' && rules.ties === 'first-seen') {
			throw new Error(
				'A table of counts does not say what was seen first: let ties go to the smaller pair of ids.'
			);
		}
		const workers = this.#workers();
		const parts =
			format === 'counts'
				? [{ byteStart: 0, bytes: file.slice(0, file.size) }]
				: await fileParts(file, rules, workers.counters);
		const done = new Array<number>(parts.length).fill(0);
		try {
			const results = await Promise.all(
				parts.map(({ byteStart, bytes }, i) =>
					workers.count(
						{
							corpus: bytes,
							format,
							rules: { pattern: rules.pattern, feed: rules.feed },
							byteStart
						},
						{
							signal,
							onprogress: (progress) => {
								if (progress.phase !== 'count' || signal.aborted) return;
								done[i] = progress.bytes;
								const counted = done.reduce((sum, part) => sum + part, 0);
								this.#progress = { phase: 'count', bytes: counted, total: file.size };
							}
						}
					)
				)
			);
			return {
				corpus: { parts: results.map(({ counts }) => counts) },
				bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
				chars: results.reduce((sum, { chars }) => sum + chars, 0)
			};
		} catch (error) {
			throw new Error(`${file.name}: ${error instanceof Error ? error.message : String(error)}`, {
				cause: error
			});
		} finally {
			workers.stopCounting();
		}
	}

	/** Shows a training: at its end, or where the last one was left before its end. */
	#show(trained: Trained): void {
		const wasAtEnd = this.#step === this.merges;
		this.#trained = trained;
		this.setStep(this.#goTo ?? (wasAtEnd ? Infinity : this.#step));
		this.#goTo = null;
		this.#status = 'ready';
		this.#progress = null;
		this.#error = null;
	}
}

/** "It stopped at 312 tokens: no pair is left that stands twice." Null where the size was reached. */
export function endWords({ rules, end, products, alphabet }: Training): string | null {
	if (end === 'size') return null;
	const size = alphabet.length + rules.specialTokens.length + new Set(products).size;
	const often =
		rules.minFrequency > 1 ? `${rules.minFrequency.toLocaleString('en')} times` : 'at all';
	const limit = rules.maxTokenLength === null ? '' : ' and is short enough';
	return `The corpus gives ${size.toLocaleString('en')} of ${rules.vocabularySize.toLocaleString('en')} tokens: no pair is left that stands there ${often}${limit}.`;
}
