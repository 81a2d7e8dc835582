import { type MergeSteps, tokenCountsByMerge } from '../../engine/train';
import { Latest } from '../../session/latest';
import type { Trained } from './train.svelte';
import type { TrainingWorkers } from '../../session/worker/training';

interface Shown {
	readonly trained: Trained;
	readonly text: Uint8Array;
	readonly steps: MergeSteps;
}

/** How a text of the user's falls together under the training that is shown. */
export class TextSteps {
	#shown = $state.raw<Shown | null>(null);
	#problem = $state<string | null>(null);
	readonly #latest: Latest<Omit<Shown, 'steps'>, MergeSteps>;
	/** Tokens left after each merge. */
	readonly #counts: Uint32Array | null;

	constructor(workers: () => Pick<TrainingWorkers, 'steps'>) {
		this.#counts = $derived(
			this.#shown &&
				tokenCountsByMerge(this.#shown.steps, this.#shown.trained.training.products.length)
		);
		this.#latest = new Latest(
			({ trained, text }) => workers().steps({ ...trained.run, text }),
			(question, steps) => this.#show({ ...question, steps }),
			(error) => (this.#problem = error instanceof Error ? error.message : String(error))
		);
	}

	/** Null before the first answer; the answer may lag behind the text. */
	get shown(): Shown | null {
		return this.#shown;
	}
	/** Why the text is not shown under the training, in words. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Tokens of the text after some merges. */
	countAfter(merges: number): number | null {
		const counts = this.#counts;
		return counts && counts[Math.min(merges, counts.length - 1)];
	}

	/** Shows a text under a training; what is there already is not asked for. */
	follow(trained: Trained, text: Uint8Array): void {
		this.#problem = null;
		if (this.#shown?.trained === trained && this.#shown.text === text) {
			this.#latest.forget();
		} else if (trained.text === text) {
			this.#latest.forget();
			this.#show({ trained, text, steps: trained.steps });
		} else {
			this.#latest.ask({ trained, text });
		}
	}

	#show(shown: Shown): void {
		this.#shown = shown;
	}
}
