import type { TokenTable } from './token-table';
import { tokenAt, type Vocabulary } from './vocabulary';

/** The merges of a model, in order of rank. */
export interface MergeList {
	/** Number of merges. */
	readonly count: number;
	/** Pairs of ids, two entries per merge. A list that was read as splits works them out on first use. */
	readonly pairs: Uint32Array;
	/** The same merges as splits of their products; `null` if only the pairs are known. */
	readonly splits: MergeSplits | null;
}

export const listOfPairs = (pairs: Uint32Array): MergeList => ({
	count: pairs.length / 2,
	pairs,
	splits: null
});

/** Splits of the products in a vocabulary; `null` if only the pairs are known, or the splits are those of another one. */
export const splitsIn = ({ splits }: MergeList, { vocabulary }: TokenTable): MergeSplits | null =>
	splits?.vocabulary === vocabulary ? splits : null;

/** Orders of the splits of one product. */
export const SPLIT_ORDERS = ['left-id', 'left-length-descending'] as const;
export type SplitOrder = (typeof SPLIT_ORDERS)[number];

/** Merges as products and where these are split: first single merges, then products that stand for all their splits. */
export interface MergeSplits {
	/** Vocabulary of the ids. */
	readonly vocabulary: Vocabulary;
	/** Whether the model's symbols are bytes (byte-level) or characters. */
	readonly betweenBytes: boolean;
	/** Id of the product of each single merge. */
	readonly products: Int32Array;
	/** Length in bytes of the left token of each single merge; 0 if the merge never applies. */
	readonly leftLengths: Int32Array;
	/** Products that stand for all their splits into two tokens. */
	readonly groups: Int32Array;
	/** Order of the splits of a group. */
	readonly order: SplitOrder;
}

interface Split {
	readonly left: number;
	readonly right: number;
	/** Length of the left token in bytes. */
	readonly leftLength: number;
}

/** Lists every split of a token into two tokens, between bytes or between characters. */
export function splitsOf(
	id: number,
	table: TokenTable,
	{ betweenBytes, order }: Pick<MergeSplits, 'betweenBytes' | 'order'>
): Split[] {
	const { source } = table;
	const start = table.startOf(id);
	const end = table.endOf(id);
	const splits: Split[] = [];
	for (let boundary = end - 1; boundary > start; boundary--) {
		if (!betweenBytes && (source.bytes[boundary] & 0xc0) === 0x80) continue;
		const left = table.idOf(source, start, boundary);
		if (left < 0) continue;
		const right = table.idOf(source, boundary, end);
		if (right >= 0) splits.push({ left, right, leftLength: boundary - start });
	}
	return order === 'left-id' ? splits.sort((a, b) => a.left - b.left) : splits;
}

/**
 * Whether a merge may join one of `ids`. Of splits, which name products only, it is enough that a token begins or ends with
 * one of them.
 */
export function joinsAny(merges: MergeList, tokens: TokenTable, ids: Iterable<number>): boolean {
	const { vocabulary, size, source } = tokens;
	const isWanted = new Uint8Array(size);
	const lengths = new Set<number>();
	/** By byte: 1 if a wanted token begins with it, 2 if one ends with it. */
	const edges = new Uint8Array(256);
	for (const id of ids) {
		isWanted[id] = 1;
		const token = tokenAt(vocabulary, id);
		if (token.length === 0) continue;
		lengths.add(token.length);
		edges[token[0]] |= 1;
		edges[token[token.length - 1]] |= 2;
	}
	if (!splitsIn(merges, tokens)) return merges.pairs.some((id) => isWanted[id] === 1);
	const { bytes, ends } = vocabulary;
	for (let id = 0, start = 0; id < size; start = ends[id++]) {
		const end = ends[id];
		if (end === start || ((edges[bytes[start]] & 1) | (edges[bytes[end - 1]] & 2)) === 0) continue;
		for (const length of lengths) {
			if (length >= end - start) continue;
			const [first, last] = [start + length, end - length];
			if (isWanted[tokens.idOf(source, start, first)] || isWanted[tokens.idOf(source, last, end)])
				return true;
		}
	}
	return false;
}
