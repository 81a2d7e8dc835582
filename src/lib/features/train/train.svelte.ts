import type { TrainingRules } from '../../engine/train';
import type { Corpus } from '../../session/corpus';
import { WorkerQuery, type QueryOptions } from '../../session/worker-query.svelte';
import type { TrainingRun, TrainingWorkers, TrainResult } from '../../session/worker/training';
import { messageOf, WorkerError } from '../../workers/client';
import { countCorpus } from './count-corpus';

/** A finished training with its corpus and rules. */
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
	/** The rule to change; `null` if no rule is to blame. */
	readonly rule: keyof TrainingRules | null;
}

/** Up to this many UTF-16 units, a text is trained on while it is being typed. */
export const MAX_LIVE_UNITS = 300_000;
/** How long a text must stay unchanged before it is trained on without a click. */
const DEBOUNCE_MS = 120;
const SESSION = 'train';

interface TrainInput {
	readonly corpus: Corpus;
	readonly rules: TrainingRules;
	/** `debounced`: waits for further changes. `held`: repeats the prerendered training, which stays shown. */
	readonly start: 'now' | 'debounced' | 'held';
}

/** A corpus, the rules, and the resulting training. */
export class TrainState {
	#corpus = $state.raw<Corpus>({ kind: 'text', text: '' });
	#rules: TrainingRules;
	#trained = $state.raw<Trained | null>(null);
	#step = $state(0);
	readonly #workers: TrainingWorkers;
	/** The text that is shown beside the training, as UTF-8. */
	readonly #text: () => Uint8Array;
	readonly #query = new WorkerQuery<TrainInput, Trained>(
		(input, options) => this.#train(input, options),
		{ policy: 'replace', isSame: Object.is, onanswer: ({ value }) => this.#show(value) }
	);
	/** Numbers the trainings: by it a worker knows whether it holds the one that is looked into. */
	#runs = 0;
	/** The step to show of the next training; `null` for the same step as now. */
	#goTo: number | null = null;

	/** @param first the prerendered training, and the step to show */
	constructor(
		workers: TrainingWorkers,
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
	/** `ready` only if the training that is shown is of the current corpus and rules; `idle` if it is not asked for. */
	get status(): 'idle' | 'loading' | 'ready' | 'error' {
		const { status, input } = this.#query;
		if (status === 'error') return 'error';
		if (status === 'loading' && input?.start !== 'held') return 'loading';
		return this.isCurrent ? 'ready' : 'idle';
	}
	get progress() {
		return this.status === 'loading' ? this.#query.progress : null;
	}
	readonly error: TrainingError | null = $derived.by(() => {
		const { cause, status } = this.#query;
		return status === 'error' ? trainingError(cause) : null;
	});
	/** The latest finished training; it may lag behind the corpus and the rules. */
	get trained() {
		return this.#trained;
	}
	/** Whether the training that is shown is of the current corpus and rules. */
	get isCurrent(): boolean {
		const trained = this.#trained;
		return trained?.corpus === this.#corpus && trained.rules === this.#rules;
	}
	/** Merges done at the step that is shown. */
	get step() {
		return this.#step;
	}
	/** Merges of the training that is shown. */
	get merges(): number {
		return this.#trained?.training.products.length ?? 0;
	}
	/** Whether the corpus is small enough to be trained on with every change. */
	get live(): boolean {
		return this.#corpus.kind === 'text' && this.#corpus.text.length <= MAX_LIVE_UNITS;
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

	/** Takes over both at once, from an example or a link. @param step to show; `null` for the end */
	set(corpus: Corpus, rules: TrainingRules, step: number | null = null): void {
		this.#corpus = corpus;
		this.#rules = rules;
		this.#goTo = step ?? Infinity;
		this.#ask('now');
	}

	/** Trains now, and shows the end. */
	start(): void {
		this.#goTo = Infinity;
		this.#ask('now');
	}

	/** Has a worker repeat the prerendered training, so that it can be looked into. It stays shown meanwhile. */
	hold(): void {
		if (this.#trained?.run.run === 0 && this.status === 'ready') this.#ask('held');
	}

	/** Stops the running training; the one before it stays. */
	stop(): void {
		this.#goTo = null;
		this.#query.forget();
	}

	#changed(): void {
		if (this.live && !this.isCurrent) this.#ask('debounced');
		else this.#query.forget();
	}

	#ask(start: TrainInput['start']): void {
		void this.#query.ask({ corpus: this.#corpus, rules: this.#rules, start });
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

	/** Shows a training: at its end, or at the same step if the step was not at the end. */
	#show(trained: Trained): void {
		const wasAtEnd = this.#step === this.merges;
		this.#trained = trained;
		this.setStep(this.#goTo ?? (wasAtEnd ? Infinity : this.#step));
		this.#goTo = null;
	}
}

function trainingError(error: unknown): TrainingError {
	if (error instanceof WorkerError) return { message: messageOf(error), rule: error.rule };
	return { message: error instanceof Error ? error.message : String(error), rule: null };
}
