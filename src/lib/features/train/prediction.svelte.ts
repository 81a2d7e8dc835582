import type { PairsAfter, Training } from '../../engine/train';
import { namedPairs, type PairCount } from './merge-step';
import type { Trained } from './train.svelte';

/** Number of merges in a round. */
export const MAX_PREDICTIONS = 10;

/** A pair that the visitor predicted to be merged next. */
export interface Prediction {
	readonly training: Training;
	/** The predicted merge, counted from 1. */
	readonly merge: number;
	readonly chosen: PairCount;
	/** How often the merged pair occurs. */
	readonly count: number;
	/** Whether the chosen pair is merged. */
	readonly isMerged: boolean;
	/** Whether the chosen pair occurs as often as the merged one. */
	readonly isRight: boolean;
	/** Number of pairs that occur as often as the merged one, which is one of them. */
	readonly tied: number;
}

/** A round of predictions: of each merge, the first one counts. */
export class Predictions {
	#made = $state.raw<readonly Prediction[]>([]);
	/** The prediction that is revealed, until the next is asked for or another merge is shown. */
	#revealed = $state.raw<Prediction | null>(null);

	/** The prediction that was just made of the merge shown; `null` if the next merge is asked for. */
	revealed(trained: Trained, step: number): Prediction | null {
		const revealed = this.#revealed;
		return revealed?.training === trained.training && revealed.merge === step ? revealed : null;
	}

	/** The predictions of a training in this round. */
	of(trained: Trained): readonly Prediction[] {
		return this.#made.filter(({ training }) => training === trained.training);
	}

	/** Takes a prediction. Begins a new round after the last of one. @param pairs what the merge was chosen from */
	predict(trained: Trained, merge: number, chosen: PairCount, { pairs, tied }: PairsAfter): void {
		const [{ left, right, count }] = pairs;
		const prediction: Prediction = {
			training: trained.training,
			merge,
			chosen,
			count,
			isMerged: chosen.left.id === left && chosen.right.id === right,
			isRight: chosen.count === count,
			tied
		};
		const made = this.of(trained);
		if (!made.some((other) => other.merge === merge))
			this.#made = [...(made.length < MAX_PREDICTIONS ? made : []), prediction];
		this.#revealed = prediction;
	}

	/** Asks for the next merge. Begins a new round after the last of one. */
	next(): void {
		if (this.#made.length >= MAX_PREDICTIONS) this.#made = [];
		this.#revealed = null;
	}

	/** Forgets the round. */
	reset(): void {
		this.#made = [];
		this.#revealed = null;
	}
}

/**
 * The pairs to choose from, in an order that depends only on the merge, so that neither place nor time tells which one
 * is merged.
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
