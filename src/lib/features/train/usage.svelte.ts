import { Latest } from '../../session/latest';
import type { Trained } from './train.svelte';
import type { TrainingWorkers } from '../../session/worker/training';

interface Question {
	readonly trained: Trained;
	readonly step: number;
}

/** How often each token stands in the corpus at the step that is shown, counted on demand. */
export class TokenUsage {
	#known = $state.raw<(Question & { readonly usage: Float64Array }) | null>(null);
	#problem = $state<string | null>(null);
	readonly #latest: Latest<Question, Float64Array>;

	constructor(workers: () => Pick<TrainingWorkers, 'usage'>) {
		this.#latest = new Latest(
			({ trained, step }) => workers().usage({ ...trained.run, merges: step }),
			(question, usage) => (this.#known = { ...question, usage }),
			(error) => (this.#problem = error instanceof Error ? error.message : String(error))
		);
	}

	get problem(): string | null {
		return this.#problem;
	}

	/** By id; null while it is being counted. */
	of(trained: Trained, step: number): Float64Array | null {
		const known = this.#known;
		return known?.trained === trained && known.step === step ? known.usage : null;
	}

	follow(trained: Trained, step: number): void {
		this.#problem = null;
		if (!this.of(trained, step)) this.#latest.ask({ trained, step });
	}
}
