import { ByteTable } from './byte-table';
import type { TokenTable } from './token-table';
import type { Vocabulary } from './vocabulary';

/** The merges of a model, in order of rank. */
export interface MergeList {
	/** Number of merges. */
	readonly count: number;
	/** Pairs of ids, two entries per merge. If the merges are stored as {@link splits}, computed on first use. */
	readonly pairs: Uint32Array;
	/** The same merges, as splits of their products; `null` if only the pairs are known. */
	readonly splits: MergeSplits | null;
}

export const listOfPairs = (pairs: Uint32Array): MergeList => ({
	count: pairs.length / 2,
	pairs,
	splits: null
});

/** The merges as splits; `null` if only the pairs are known or the splits belong to a different vocabulary. */
export const splitsIn = ({ splits }: MergeList, { vocabulary }: TokenTable): MergeSplits | null =>
	splits?.vocabulary === vocabulary ? splits : null;

export const SPLIT_ORDERS = ['left-id', 'left-length-descending'] as const;
export type SplitOrder = (typeof SPLIT_ORDERS)[number];

/**
 * Merges stored by product instead of as pairs. The merges listed one by one in `products` and `boundaries` have the
 * lowest ranks. After them come the merges of `groups`, where one product stands for several merges.
 */
export interface MergeSplits {
	/** Vocabulary that the ids refer to. */
	readonly vocabulary: Vocabulary;
	/** Whether the model's symbols are bytes (byte-level) or characters. */
	readonly betweenBytes: boolean;
	/** For each merge that is listed individually, the id of its product. */
	readonly products: Int32Array;
	/**
	 * For each entry in `products`, the byte offset into the vocabulary at which the merge splits its product; 0 if the
	 * merge never applies.
	 */
	readonly boundaries: Int32Array;
	/** Ids of products for which every split into two tokens is a merge. */
	readonly groups: Int32Array;
	/** Order of the splits of each product in `groups`. */
	readonly order: SplitOrder;
}

interface Split {
	readonly left: number;
	readonly right: number;
	/** Length of the left token in bytes. */
	readonly leftLength: number;
}

/** Lists every way to split a token into two tokens, at byte or character boundaries. */
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
 * Whether any merge might join a token from `ids` to another token. For merges stored as splits, the result is `true`
 * whenever the bytes of one of these tokens occur anywhere else in the vocabulary.
 */
export function joinsAny(merges: MergeList, tokens: TokenTable, ids: Iterable<number>): boolean {
	const { source } = tokens;
	const wanted = new Set(ids);
	/** Maps the bytes of each wanted token to 1 + their offset in the vocabulary. */
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
