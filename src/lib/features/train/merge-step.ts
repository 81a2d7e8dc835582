import { tokenAt } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { PairsAfter } from '../../engine/train';
import type { NamedToken } from '../../session/calls/token-details';
import type { Trained } from './train.svelte';

/** Number of pairs shown with a merge: the merged pair and the runners-up. */
export const MAX_PAIRS = 7;

/** Two adjacent tokens, and how often they occur in the corpus. */
export interface PairCount {
	readonly left: NamedToken;
	readonly right: NamedToken;
	readonly count: number;
}

export interface MergeStep extends PairCount {
	readonly product: NamedToken;
	/** Number of tokens by which the merge shortens the corpus. */
	readonly removed: number;
	/** Whether the product was already a token before the merge. */
	readonly reused: boolean;
}

/** Returns a token with its bytes; the bytes of a special token are the UTF-8 of its name. */
export function namedToken({ tokens, rules }: Trained, id: number): NamedToken {
	const special = rules.alphabet === 'observed' ? rules.specialTokens[id] : undefined;
	const bytes = special === undefined ? tokenAt(tokens.vocabulary, id) : encodeUtf8(special);
	return { id, bytes };
}

/** The merge performed at a step; `null` before the first merge. */
export function mergeOfStep(trained: Trained, step: number): MergeStep | null {
	const merge = step - 1;
	const { merges, products, counts, removed } = trained.training;
	if (merge < 0 || merge >= products.length) return null;
	return {
		left: namedToken(trained, merges[2 * merge]),
		right: namedToken(trained, merges[2 * merge + 1]),
		product: namedToken(trained, products[merge]),
		count: counts[merge],
		removed: removed[merge],
		reused: trained.tokens.producingMerge[products[merge]] !== merge
	};
}

/** Candidate pairs for a merge, in order, starting with the merged pair. */
export const namedPairs = (trained: Trained, { pairs }: PairsAfter): PairCount[] =>
	pairs.map(({ left, right, count }) => ({
		left: namedToken(trained, left),
		right: namedToken(trained, right),
		count
	}));
