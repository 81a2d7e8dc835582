import type { TieRule } from './types';

/** Exceeds the tokens of any corpus, and a pair of ids up to it is still an exact number. */
export const MAX_IDS = 2 ** 26;

/** The ids of pairs, by pair. Arrays may be replaced by longer ones. */
export interface PairIds {
	readonly left: ArrayLike<number>;
	readonly right: ArrayLike<number>;
}

/**
 * The tie-breaking rule: of pairs with equal counts, the one with the smallest key is merged first.
 *
 * @param firstSeen orders pairs by where they first occur now
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
