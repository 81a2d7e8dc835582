import type { TrainingRules } from '../../engine/train';
import { reasonOf } from '../../session/format';
import { WorkerQuery, type QueryOptions } from '../../session/worker-query.svelte';
import type { TrainingRun, TrainingWorkers, TrainResult } from '../../session/calls/training';
import { messageOf, WorkerError } from '../../workers/client';
import type { Corpus } from './corpus';
import { countCorpus } from './count-corpus';

/** A finished training run with its corpus and rules. */
export interface Trained extends TrainResult {
	readonly run: TrainingRun;
	readonly corpus: Corpus;
	readonly rules: TrainingRules;
	/** The text (UTF-8) whose merge steps are in {@link TrainResult.steps}. */
	readonly text: Uint8Array;
	/** Size of the corpus in bytes. */
	readonly bytes: number;
	/** Size of the corpus in code points. */
	readonly chars: number;
}

/** A training run as shown in one part of the page. */
export interface ShownTraining {
	readonly trained: Trained;
	/** Whether the training run belongs to an earlier corpus or earlier rules. */
	readonly stale: boolean;
}

export interface TrainingError {
	readonly message: string;
	/** The invalid rule; `null` for any other error. */
	readonly rule: keyof TrainingRules | null;
}

/** Maximum length of a text, in UTF-16 code units, for which training starts automatically after every change. */
export const MAX_LIVE_UNITS = 300_000;
/** How long a text must stay unchanged before training starts automatically, in milliseconds. */
const DEBOUNCE_MS = 120;
const SESSION = 'train';

interface TrainInput {
	readonly corpus: Corpus;
	readonly rules: TrainingRules;
	/**
	 * `debounced`: waits for further changes. `repeat`: repeats the training run on the page, so that a worker holds it
	 * in memory.
	 */
	readonly start: 'now' | 'debounced' | 'repeat';
}

/** A corpus, the rules, and the resulting training run. */
export class TrainState {
	#corpus = $state.raw<Corpus>({ kind: 'text', text: '' });
	readonly #settings: { rules: TrainingRules };
	#trained = $state.raw<Trained | null>(null);
	#step = $state(0);
	readonly #workers: TrainingWorkers;
	readonly #text: () => Uint8Array;
	readonly #query = new WorkerQuery<TrainInput, Trained>(
		(input, options) => this.#train(input, options),
		{
			policy: 'replace',
			isSame: Object.is,
			onanswer: ({ input, value }) => {
				if (input.start === 'repeat' && this.#trained)
					this.#trained = { ...this.#trained, run: value.run };
				else this.#show(value);
			}
		}
	);
	/** Number of the latest training run, by which a worker recognises the run it holds in memory. */
	#runs = 0;
	/** Step to show after the next training run, `Infinity` for the last; `null` for the current step. */
	#goTo = $state<number | null>(null);
	#missedStep = $state<number | null>(null);
	/** Input passed to the latest call to {@link set}. Only a training run on it can set {@link missedStep}. */
	#linked: { readonly corpus: Corpus; readonly rules: TrainingRules } | null = null;

	/**
	 * @param settings the rules that the page shows
	 * @param first the prerendered training run, and the step to show
	 */
	constructor(
		workers: TrainingWorkers,
		text: () => Uint8Array,
		settings: { rules: TrainingRules },
		first: { readonly trained: Trained; readonly step: number }
	) {
		this.#workers = workers;
		this.#text = text;
		this.#corpus = first.trained.corpus;
		this.#settings = settings;
		this.#show(first.trained);
		this.#setStep(first.step);
	}

	get corpus() {
		return this.#corpus;
	}
	get rules() {
		return this.#settings.rules;
	}
	/**
	 * `ready` if the training run shown belongs to the current corpus and rules; `idle` if it doesn't and no training
	 * is in progress.
	 */
	get status(): 'idle' | 'loading' | 'ready' | 'error' {
		const { status, input } = this.#query;
		if (status === 'error') return 'error';
		if (status === 'loading' && input?.start !== 'repeat') return 'loading';
		return this.isCurrent ? 'ready' : 'idle';
	}
	get progress() {
		return this.status === 'loading' ? this.#query.progress : null;
	}
	readonly error: TrainingError | null = $derived.by(() => {
		const { cause, status } = this.#query;
		return status === 'error' ? trainingError(cause) : null;
	});
	/** The latest finished training run, which may belong to an earlier corpus or earlier rules. */
	get trained() {
		return this.#trained;
	}
	/** Whether the training run shown belongs to the current corpus and rules. */
	get isCurrent(): boolean {
		const trained = this.#trained;
		return trained?.corpus === this.#corpus && isSameRules(trained.rules, this.rules);
	}
	get step() {
		return this.#step;
	}
	/** Number of merges to write in links: the number shown, or the number to show after training. */
	get linkedStep(): number {
		return this.#goTo === null || this.#goTo === Infinity ? this.#step : this.#goTo;
	}
	/** Step that the link refers to, if training ended before that step; `null` once a different step is shown. */
	get missedStep(): number | null {
		return this.#missedStep;
	}
	/** Number of merges in the training run shown. */
	get merges(): number {
		return this.#trained?.training.products.length ?? 0;
	}
	/** Whether the corpus is small enough to train on after every change. */
	get live(): boolean {
		return this.#corpus.kind === 'text' && this.#corpus.text.length <= MAX_LIVE_UNITS;
	}

	setStep(step: number): void {
		if (this.status !== 'loading') this.#goTo = null;
		this.#setStep(step);
	}

	setCorpus(corpus: Corpus): void {
		this.#corpus = corpus;
		this.#changed();
	}

	setRules(rules: TrainingRules): void {
		this.#settings.rules = rules;
		this.#changed();
	}

	/**
	 * Sets the corpus and rules from an example or a link, then trains.
	 * @param step step to show; `null` for the last
	 */
	set(corpus: Corpus, rules: TrainingRules, step: number | null = null): void {
		this.#corpus = corpus;
		this.#settings.rules = rules;
		this.#goTo = step ?? Infinity;
		this.#linked = { corpus, rules: this.rules };
		this.#ask('now');
	}

	/** Trains immediately and shows the last step. */
	start(): void {
		this.#goTo = Infinity;
		this.#ask('now');
	}

	/**
	 * Asks a worker to repeat the prerendered training run, so that the worker holds it in memory. The prerendered
	 * run remains on the page.
	 */
	repeatInWorker(): void {
		if (this.#trained?.run.run === 0 && this.status === 'ready') this.#ask('repeat');
	}

	/** Stops training. The previous training run remains on the page. */
	stop(): void {
		this.#goTo = null;
		this.#query.forget();
	}

	/**
	 * Remembers the state before the corpus is replaced.
	 * @returns a function that restores the corpus, rules and step, and shows their training run again immediately
	 */
	keep(): () => void {
		const corpus = this.#corpus;
		const { rules } = this;
		const trained = this.isCurrent ? this.#trained : null;
		const step = this.#step;
		const goTo = this.#goTo ?? step;
		return () => {
			this.#corpus = corpus;
			this.#settings.rules = rules;
			this.#goTo = trained ? null : goTo;
			if (!trained) {
				this.#changed();
				return;
			}
			// By now, the worker may hold a different training run in memory.
			this.#trained = { ...trained, run: { session: SESSION, run: 0 } };
			this.#setStep(step);
			this.#ask(this.live ? 'repeat' : 'now');
		};
	}

	#changed(): void {
		if (this.live && !this.isCurrent) this.#ask('debounced');
		else this.#query.forget();
	}

	#ask(start: TrainInput['start']): void {
		this.#missedStep = null;
		void this.#query.ask({ corpus: this.#corpus, rules: this.rules, start });
	}

	async #train({ corpus, rules, start }: TrainInput, options: QueryOptions): Promise<Trained> {
		const { signal } = options;
		if (start === 'debounced') {
			await new Promise((resolve) => setTimeout(resolve, DEBOUNCE_MS));
			signal.throwIfAborted();
		}
		const run = { session: SESSION, run: ++this.#runs };
		const counted = await countCorpus(corpus, rules, this.#workers, options);
		const text = this.#text();
		const params = { ...run, corpus: counted.corpus, rules, text };
		const result = await this.#workers.train(params, options);
		const { bytes, chars } = counted;
		const matched = counted.matched && result.matched;
		return { ...result, run, corpus, rules, text, bytes, chars, matched };
	}

	#setStep(step: number): void {
		this.#missedStep = null;
		this.#step = Math.max(0, Math.min(step, this.merges));
	}

	/** Shows a training run at the current step, or at its last step if the previous run was shown at its last step. */
	#show(trained: Trained): void {
		const wasAtEnd = this.#step === this.merges;
		this.#trained = trained;
		const goTo = this.#goTo;
		this.#goTo = null;
		this.#setStep(goTo ?? (wasAtEnd ? Infinity : this.#step));
		const isLinked =
			trained.corpus === this.#linked?.corpus && trained.rules === this.#linked.rules;
		if (isLinked && goTo !== null && goTo !== Infinity && goTo > this.merges)
			this.#missedStep = goTo;
	}
}

const isSameRules = (a: TrainingRules, b: TrainingRules): boolean =>
	a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const sorted = (rules: TrainingRules) => Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1));

function trainingError(error: unknown): TrainingError {
	if (error instanceof WorkerError) return { message: messageOf(error), rule: error.rule };
	return { message: reasonOf(error), rule: null };
}
