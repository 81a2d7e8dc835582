import type { TokenTable } from '../structures/token-table';
import { sequenceLength } from '../text/utf8';
import type { MergeRules } from './merge-rules';

/**
 * Finds tokens that merging their own bytes leads to, without merging: by id, 1 for each of them, 0 for those that it may
 * lead to or not. Works for models without affixes whose symbols are bytes or characters.
 *
 * Theorem: let merging lead to `left` and to `right`, each by merges of increasing rank, and let their merge have a higher
 * rank. Then merging the bytes of both leads to the two, and to their product, unless a merge across the boundary comes
 * before. Proof: until then, neither side depends on the other. So the last symbol of the left side passes through the
 * right halves of `left`, the first one of the right side through the left halves of `right`, each at the rank of its
 * merge, and all pairs that meet can be looked up. Of equal ranks the leftmost merge comes first.
 *
 * After `is_valid_token_pair` of GitHub's `bpe` crate (rust-gems), which takes the order of merges from the ids.
 */
export function findOwnTokens(
	tokens: TokenTable,
	rules: MergeRules,
	isByteLevel: boolean
): Uint8Array {
	const { size, source } = tokens;
	const { bytes } = source;
	const isOwn = new Uint8Array(size);
	/** By token found: the tokens that its last merge joins, and its rank; -1 for a symbol. */
	const lefts = new Int32Array(size);
	const rights = new Int32Array(size);
	const ranks = new Int32Array(size).fill(-1);

	const meetFirst = (left: number, right: number, middle: number): boolean => {
		for (;;) {
			const rank = Math.max(ranks[left], ranks[right]);
			if (rank < 0) return true;
			const isLeftLast = ranks[left] > ranks[right];
			if (isLeftLast) left = rights[left];
			else right = lefts[right];
			const start = middle - (tokens.endOf(left) - tokens.startOf(left));
			const end = middle + (tokens.endOf(right) - tokens.startOf(right));
			const across = rules.rankOf(left, right, source, start, middle, end);
			if (across >= 0 && (across < rank || (across === rank && !isLeftLast))) return false;
		}
	};

	const lengths = tokens.vocabulary.ends.map((end, id) => end - tokens.startOf(id));
	const shortestFirst = lengths.map((_, id) => id).sort((a, b) => lengths[a] - lengths[b]);
	for (const id of shortestFirst) {
		const start = tokens.startOf(id);
		const end = tokens.endOf(id);
		// Of equal tokens, texts have the one that is found.
		if (start === end || tokens.idOf(source, start, end) !== id) continue;
		if (end - start === (isByteLevel ? 1 : sequenceLength(bytes[start]))) isOwn[id] = 1;
		for (let middle = end - 1; middle > start && isOwn[id] === 0; middle--) {
			if (!isByteLevel && (bytes[middle] & 0xc0) === 0x80) continue;
			const left = tokens.idOf(source, start, middle);
			if (left < 0 || isOwn[left] === 0) continue;
			const right = tokens.idOf(source, middle, end);
			if (right < 0 || isOwn[right] === 0) continue;
			const rank = rules.rankOf(left, right, source, start, middle, end);
			if (rank <= ranks[left] || rank <= ranks[right] || !meetFirst(left, right, middle)) continue;
			isOwn[id] = 1;
			lefts[id] = left;
			rights[id] = right;
			ranks[id] = rank;
		}
	}
	return isOwn;
}
