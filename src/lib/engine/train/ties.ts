import type { TieRule } from './types';

/** Exceeds the vocabulary of any training. A pair of smaller ids still fits into an exact number. */
export const MAX_IDS = 2 ** 26;

/** The ids of pairs, by pair. The arrays may be replaced by longer ones. */
export interface PairIds {
	readonly left: ArrayLike<number>;
	readonly right: ArrayLike<number>;
}

/**
 * Creates the key of the tie-breaking rule: of pairs with equal counts, the one with the smallest key is merged first.
 * @param firstSeen orders pairs by their first occurrence in the current tokens
 */
export function createTieKey(
	ties: TieRule,
	pairs: PairIds,
	firstSeen: (pair: number) => number
): (pair: number) => number {
	return ties === 'huggingface'
		? (pair) => pairs.left[pair] * MAX_IDS + pairs.right[pair]
		: firstSeen;
}
