/** What a step shows, by name instead of by id. */
import type { PairsAfter } from '../../engine/train';
import { tokenAt } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { Trained } from './train.svelte';

export interface NamedToken {
	readonly id: number;
	readonly bytes: Uint8Array;
}

/** A token by its id: its bytes, or the UTF-8 of a special token's name. */
export function namedToken({ tokens, rules }: Trained, id: number): NamedToken {
	const bytes = tokenAt(tokens.vocabulary, id);
	const special = rules.alphabet === 'observed' ? rules.specialTokens[id] : undefined;
	return { id, bytes: special !== undefined ? encodeUtf8(special) : bytes };
}

/** The merge of a step; null before the first. */
export function mergeOfStep(trained: Trained, step: number) {
	const merge = step - 1;
	const { merges, products, counts, removed } = trained.training;
	if (merge < 0 || merge >= products.length) return null;
	return {
		left: namedToken(trained, merges[2 * merge]),
		right: namedToken(trained, merges[2 * merge + 1]),
		product: namedToken(trained, products[merge]),
		count: counts[merge],
		removed: removed[merge],
		reused: trained.tokens.madeBy[products[merge]] !== merge
	};
}

/** The pairs a step's merge was chosen from: those next in line, and how many were as frequent. */
export function candidatesOf(trained: Trained, step: number, { pairs, tied }: PairsAfter) {
	const runnersUp = step === 0 ? pairs : pairs.slice(1);
	return {
		tied,
		runnersUp: runnersUp.map(({ left, right, count }) => ({
			left: namedToken(trained, left),
			right: namedToken(trained, right),
			count
		}))
	};
}
