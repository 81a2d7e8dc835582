import type { TrainingRules } from '../../engine/train';
import { WorkerError } from '../../workers/client';
import type { TrainingRun, TrainingWorkers, TrainResult } from '../../session/worker/training';
import type { Progress } from '../../workers/protocol';
import type { Corpus } from '../../session/corpus';
import { countCorpus } from './count-corpus';

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

/** Why there is no training. */
export interface TrainingError {
	readonly message: string;
	/** The rule to change; null where it is no rule's fault. */
	readonly rule: keyof TrainingRules | null;
}

/** Up to this many units a text is trained on while it is being typed. */
export const LIVE = 300_000;
/** How long a change must rest before a text is trained on by itself, in milliseconds. */
const DEBOUNCE_MS = 120;
const SESSION = 'train';

/** A corpus, the rules, and the training that comes of them. */
export class TrainState {
	#corpus = $state.raw<Corpus>({ kind: 'text', text: '' });
	#rules: TrainingRules;
	#status = $state<'idle' | 'loading' | 'ready' | 'error'>('idle');
	#progress = $state.raw<Progress | null>(null);
	#error = $state.raw<TrainingError | null>(null);
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
	/** Whether what is shown is of the corpus and the rules as they are now. */
	get isCurrent(): boolean {
		const trained = this.#trained;
		return trained?.corpus === this.#corpus && trained.rules === this.#rules;
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
		if (this.#trained?.run.run !== 0 || !this.isCurrent) return;
		void this.#train(this.#abort.signal);
	}

	/** Stops what is going on; the training before it stays. */
	stop(): void {
		this.#cancel();
		this.#goTo = null;
		this.#status = this.isCurrent ? 'ready' : 'idle';
	}

	/** @param step to show of what comes of it */
	#run(step: number): void {
		this.#cancel();
		this.#goTo = step;
		this.#status = 'loading';
		void this.#train(this.#abort.signal);
	}

	#changed(): void {
		this.#cancel();
		if (this.isCurrent) {
			this.#status = 'ready';
		} else if (this.live) {
			this.#status = 'loading';
			const { signal } = this.#abort;
			this.#timer = setTimeout(() => void this.#train(signal), DEBOUNCE_MS);
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

	async #train(signal: AbortSignal): Promise<void> {
		const corpus = this.#corpus;
		const rules = this.#rules;
		const run = { session: SESSION, run: ++this.#runs };
		if (!this.isCurrent) this.#status = 'loading';
		try {
			const onprogress = (progress: Progress) => {
				if (!signal.aborted && this.#status === 'loading') this.#progress = progress;
			};
			const counted = await countCorpus(corpus, rules, this.#workers, { signal, onprogress });
			const text = this.#text();
			const params = { ...run, corpus: counted.corpus, rules, text };
			const result = await this.#workers().train(params, { signal, onprogress });
			signal.throwIfAborted();
			const { bytes, chars } = counted;
			const matched = counted.matched && result.matched;
			this.#show({ ...result, run, corpus, rules, text, bytes, chars, matched });
		} catch (error) {
			if (signal.aborted) return;
			this.#status = 'error';
			this.#progress = null;
			this.#error = problemOf(error);
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

function problemOf(error: unknown): TrainingError {
	if (!(error instanceof WorkerError)) {
		return { message: error instanceof Error ? error.message : String(error), rule: null };
	}
	// Messages of the engine begin small, because the command line puts something before them.
	const message = error.message.replace(/^[a-z]/, (letter) => letter.toUpperCase());
	return { message, rule: error.rule };
}
