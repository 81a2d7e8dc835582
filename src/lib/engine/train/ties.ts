import type { TieRule } from './types';

/** Exceeds every vocabulary that can be trained. Two smaller ids fit into one safe integer. */
export const MAX_IDS = 2 ** 26;

/** Ids of both tokens of each pair, by index of the pair. The arrays may be replaced by longer ones. */
export interface PairIds {
	readonly left: ArrayLike<number>;
	readonly right: ArrayLike<number>;
}

/**
 * Creates the key of the tie-breaking rule: of pairs with equal counts, the one with the smallest key is merged first.
 * `huggingface` prefers the smallest left id, then the smallest right id, and `first-seen` the pair seen first.
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
