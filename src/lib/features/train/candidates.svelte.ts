import type { PairsAfter } from '../../engine/train';
import { Latest } from '../../session/latest';
import type { Trained } from './train.svelte';
import type { TrainingWorkers } from '../../session/worker/training';

interface Question {
	readonly trained: Trained;
	/** The step that is shown; its merge was chosen after one fewer. */
	readonly step: number;
}

/** How many pairs are asked for: the one that was merged, and those next in line. */
export const MOST_PAIRS = 5;

/** What the merge of a step was chosen from. */
export class StepCandidates {
	#known = $state.raw<(Question & { readonly pairs: PairsAfter }) | null>(null);
	#problem = $state<string | null>(null);
	readonly #latest: Latest<Question, PairsAfter>;

	constructor(workers: () => Pick<TrainingWorkers, 'pairs'>) {
		this.#latest = new Latest(
			({ trained, step }) =>
				workers().pairs({ ...trained.run, merges: Math.max(0, step - 1), most: MOST_PAIRS }),
			(question, pairs) => (this.#known = { ...question, pairs }),
			(error) => (this.#problem = error instanceof Error ? error.message : String(error))
		);
	}

	get problem(): string | null {
		return this.#problem;
	}

	/** The pairs before the merge of a step; null while they are being counted. */
	of(trained: Trained, step: number): PairsAfter | null {
		const known = this.#known;
		return known?.trained === trained && known.step === step ? known.pairs : null;
	}

	/** Takes over what is known already. */
	know(trained: Trained, step: number, pairs: PairsAfter): void {
		this.#known = { trained, step, pairs };
	}

	follow(trained: Trained, step: number): void {
		this.#problem = null;
		if (this.of(trained, step)) return;
		this.#latest.ask({ trained, step });
	}
}
