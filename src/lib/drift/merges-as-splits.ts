/** Looks up merges that are stored as splits of their products, without converting them. */
import { vocabularySize, type MergeList } from '../engine';
import { joined, splitsOf, tokenTableOf } from '../engine/stages';
import { repeatedTokens } from './token-texts';

/** A number greater than the number of splits of any product and the number of tokens in any vocabulary. */
const GROUP = 2 ** 24;

/** Whether a list consists of distinct splits of products, so that no pair occurs twice. */
export function repeatsNone({ splits }: MergeList): boolean {
	if (!splits) return false;
	const { vocabulary, products, boundaries, groups } = splits;
	const isGroup = new Uint8Array(vocabularySize(vocabulary));
	if (!groups.every((product) => isGroup[product]++ === 0)) return false;
	const singles = new Set<number>();
	for (let rank = 0; rank < products.length; rank++) {
		if (boundaries[rank] === 0 || isGroup[products[rank]] > 0) return false;
		singles.add(boundaries[rank]);
	}
	return singles.size === products.length;
}

/** Finds merges in a list that was read as splits, without deriving its pairs. */
export interface SplitFinder {
	readonly size: number;
	/** A number that increases with the rank of a merge; -1 if there is no such merge. */
	placeOf(left: number, right: number): number;
	rankAt(place: number): number;
}

/** Returns `null` if the merges are known only as pairs, a merge is listed twice, or two tokens have the same bytes. */
export function splitFinder(merges: MergeList | null): SplitFinder | null {
	const splits = merges?.splits;
	if (!splits || !repeatsNone(merges)) return null;
	const { vocabulary, betweenBytes, boundaries, groups, order } = splits;
	const tokens = tokenTableOf(vocabulary);
	if (repeatedTokens(vocabulary).size > 0) return null;
	const singles = new Map<number, number>();
	boundaries.forEach((boundary, rank) => singles.set(boundary, rank));
	const groupOf = new Int32Array(tokens.size).fill(-1);
	groups.forEach((product, group) => (groupOf[product] = group));
	const placeOf = (left: number, right: number): number => {
		const leftLength = tokens.endOf(left) - tokens.startOf(left);
		const product = tokens.idOf(...joined(tokens, left, right));
		if (product < 0) return -1;
		const group = groupOf[product];
		if (group < 0) return singles.get(tokens.startOf(product) + leftLength) ?? -1;
		const isBoundary = betweenBytes || (vocabulary.bytes[tokens.startOf(right)] & 0xc0) !== 0x80;
		if (!isBoundary) return -1;
		return (group + 1) * GROUP + (order === 'left-id' ? left : GROUP - 1 - leftLength);
	};
	return {
		size: merges.count,
		placeOf,
		rankAt(place) {
			if (place < boundaries.length) return place;
			const group = Math.floor(place / GROUP) - 1;
			let rank = boundaries.length;
			for (let i = 0; i <= group; i++)
				for (const { left, right } of splitsOf(groups[i], tokens, splits))
					if (i < group || placeOf(left, right) < place) rank++;
			return rank;
		}
	};
}
