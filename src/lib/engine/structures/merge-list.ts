import { ByteTable } from './byte-table';
import type { TokenTable } from './token-table';
import type { Vocabulary } from './vocabulary';

/** The merges of a model, in order of rank. */
export interface MergeList {
	/** Number of merges. */
	readonly count: number;
	/** Pairs of ids, two entries per merge. If the list was read as splits, the pairs are computed on first use. */
	readonly pairs: Uint32Array;
	/** The same merges as splits of their products; `null` if only the pairs are known. */
	readonly splits: MergeSplits | null;
}

export const listOfPairs = (pairs: Uint32Array): MergeList => ({
	count: pairs.length / 2,
	pairs,
	splits: null
});

/** Returns a list's splits; `null` if only the pairs are known or the splits belong to a different vocabulary. */
export const splitsIn = ({ splits }: MergeList, { vocabulary }: TokenTable): MergeSplits | null =>
	splits?.vocabulary === vocabulary ? splits : null;

export const SPLIT_ORDERS = ['left-id', 'left-length-descending'] as const;
export type SplitOrder = (typeof SPLIT_ORDERS)[number];

/** Merges stored by their products: first products of single merges, then products that stand for several merges. */
export interface MergeSplits {
	/** Vocabulary that the ids refer to. */
	readonly vocabulary: Vocabulary;
	/** Whether the model's symbols are bytes (byte-level) or characters. */
	readonly betweenBytes: boolean;
	/** Id of each single merge's product. */
	readonly products: Int32Array;
	/** Byte offset in the vocabulary at which each single merge's right token begins; 0 if the merge never applies. */
	readonly boundaries: Int32Array;
	/** Products for which every split into two tokens is a merge. */
	readonly groups: Int32Array;
	/** Order of the merges within a group. */
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
 * Whether any merge might join one of the tokens in `ids` to another token. With splits, this only checks whether the
 * bytes of such a token also occur elsewhere in the vocabulary.
 */
export function joinsAny(merges: MergeList, tokens: TokenTable, ids: Iterable<number>): boolean {
	const { source } = tokens;
	const wanted = new Set(ids);
	/** For each wanted token, 1 + its byte offset in the vocabulary. */
	const starts = new ByteTable(source, 1 << 8);
	const [firstBytes, lengths] = [new Set<number>(), new Set<number>()];
	for (const id of wanted) {
		const start = tokens.startOf(id);
		const length = tokens.endOf(id) - start;
		if (length === 0) continue;
		starts.add(source, start, length, start + 1);
		firstBytes.add(source.bytes[start]);
		lengths.add(length);
	}
	if (!splitsIn(merges, tokens)) return merges.pairs.some((id) => wanted.has(id));
	const { bytes } = source;
	// `indexOf` is faster than a loop over all tokens.
	for (const first of firstBytes)
		for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
			for (const length of lengths) {
				const start = at + length > bytes.length ? 0 : starts.get(source, at, length);
				if (start > 0 && start !== at + 1) return true;
			}
	return false;
}
