import { haveSameBytes } from '../../engine/text';
import type { MergeSteps } from '../../engine/train';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { TrainingWorkers } from '../../session/calls/training';
import type { Trained } from './train.svelte';

interface TrainedText {
	readonly trained: Trained;
	/** UTF-8. */
	readonly text: Uint8Array;
}

/** The user's text in the current training run, merge by merge. */
export class TextSteps {
	readonly #query: WorkerQuery<TrainedText, MergeSteps>;
	readonly #shown = $derived.by(() => {
		const { answer } = this.#query;
		return answer && { ...answer.input, steps: answer.value };
	});

	constructor(workers: Pick<TrainingWorkers, 'steps'>) {
		this.#query = new WorkerQuery(({ trained, text }) => workers.steps({ ...trained.run, text }), {
			policy: 'latest'
		});
	}

	/** The latest answer, which may belong to an earlier text; `null` before the first. */
	get shown() {
		return this.#shown;
	}
	/** Whether {@link shown} belongs to this text and training run. */
	isOf(trained: Trained, text: Uint8Array): boolean {
		const shown = this.#shown;
		return shown?.trained === trained && haveSameBytes(shown.text, text);
	}
	get problem(): string | null {
		return this.#query.error;
	}

	/**
	 * Shows how a training run merges a text, requesting the steps unless the run includes them. Nothing is requested
	 * for run number 0, because no worker has that run.
	 */
	follow(trained: Trained, text: Uint8Array): void {
		if (haveSameBytes(trained.text, text)) this.#query.seed({ trained, text }, trained.steps);
		else if (trained.run.run > 0) void this.#query.ask({ trained, text });
	}
}
