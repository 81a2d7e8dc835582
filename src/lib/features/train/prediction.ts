import type { PairsAfter, Training } from '../../engine/train';
import { namedPairs, type PairCount } from './merge-step';
import type { PredictionOutcome } from './messages';
import type { Trained } from './train.svelte';

/** The outcome of a prediction for one merge in a training run; merges are counted from 1. */
export interface Prediction extends PredictionOutcome {
	readonly training: Training;
	readonly merge: number;
}

/** Rates a prediction. @param pairs candidate pairs for the merge */
export function predict(
	{ training }: Trained,
	merge: number,
	chosen: PairCount,
	{ pairs, tied }: PairsAfter
): Prediction {
	const [{ left, right, count }] = pairs;
	return {
		training,
		merge,
		chosen,
		merged: [left, right],
		count,
		isMerged: chosen.left.id === left && chosen.right.id === right,
		isRight: chosen.count === count,
		tied
	};
}

/**
 * The pairs to choose from, in an order that depends only on the merge, so that neither position nor timing reveals
 * which one is merged.
 */
export function shuffledPairs(trained: Trained, merge: number, pairs: PairsAfter): PairCount[] {
	const shuffled = namedPairs(trained, pairs);
	let seed = Math.imul(merge, 2654435761);
	for (let i = shuffled.length - 1; i > 0; i--) {
		// A step of xorshift32.
		seed ^= seed << 13;
		seed ^= seed >>> 17;
		seed ^= seed << 5;
		const j = (seed >>> 0) % (i + 1);
		[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
	}
	return shuffled;
}
