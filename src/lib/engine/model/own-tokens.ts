import type { TokenTable } from '../structures/token-table';
import { sequenceLength } from '../text/utf8';
import type { MergeRules } from './merge-rules';

/**
 * Finds tokens whose bytes merge into the token itself, without running any merges. The result is an array by id: 1 for
 * each token found; 0 if it isn't known what the token's bytes merge into. Works for models whose symbols are bytes or
 * characters and that have no affixes.
 *
 * Theorem: suppose the bytes of each of two tokens, `left` and `right`, merge into that token in order of increasing
 * rank, and the merge of the two tokens has a higher rank than these merges. Then the joined bytes merge into the two
 * tokens and then into their product, unless a merge across the boundary comes first. Proof: until such a merge, the
 * two sides are independent. The symbols next to the boundary are the right descendants of `left` and the left
 * descendants of `right`, and each appears at the rank of its merge. The rank of every pair of symbols that become
 * adjacent across the boundary can therefore be looked up. Among equal ranks, the leftmost merge comes first.
 *
 * Based on `is_valid_token_pair` in GitHub's `bpe` crate (rust-gems), which uses ids as ranks.
 */
export function findSelfMergingTokens(
	tokens: TokenTable,
	rules: MergeRules,
	isByteLevel: boolean
): Uint8Array {
	const { size, source } = tokens;
	const { bytes } = source;
	const isOwn = new Uint8Array(size);
	/** The last merge of each token already found: the two tokens it joins, and its rank; -1 for an initial symbol. */
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
		// If several ids have the same bytes, encodings contain only the one returned by a lookup.
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
