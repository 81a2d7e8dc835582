/** Looks up figures of one step in the training that a worker holds. */
import type { PairsAfter } from '../../engine/train';
import { WorkerQuery } from '../../session/worker-query.svelte';
import type { TrainingWorkers } from '../../session/worker/training';
import type { Trained } from './train.svelte';

export interface TrainedStep {
	readonly trained: Trained;
	/** Merges done. */
	readonly step: number;
}

/** How many pairs are asked for: the one that was merged, and the runners-up. */
export const MAX_PAIRS = 5;

/** The pairs that the merge of a step was chosen from: those after one merge fewer. */
export const queryPairs = (
	workers: Pick<TrainingWorkers, 'pairs'>
): WorkerQuery<TrainedStep, PairsAfter> =>
	new WorkerQuery(
		({ trained, step }) =>
			workers.pairs({ ...trained.run, merges: Math.max(0, step - 1), most: MAX_PAIRS }),
		{ policy: 'latest' }
	);

/** How often each token occurs in the corpus after a step, by id. */
export const queryUsage = (
	workers: Pick<TrainingWorkers, 'usage'>
): WorkerQuery<TrainedStep, Float64Array> =>
	new WorkerQuery(({ trained, step }) => workers.usage({ ...trained.run, merges: step }), {
		policy: 'latest'
	});
