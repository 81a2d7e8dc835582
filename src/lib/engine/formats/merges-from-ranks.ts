import { RankRules } from '../model/merge-rules';
import { Merger, type MergeListener } from '../model/merger';
import { createSymbolSplitter, Symbols } from '../model/symbols';
import { IntBuffer } from '../structures/arrays';
import { tokenTableOf } from '../structures/token-table';
import type { Vocabulary } from '../structures/vocabulary';

/**
 * Derives merges from a vocabulary whose ids are its ranks (tiktoken): a token's merge joins the two tokens that its
 * bytes form after all lower-ranked merges. If the bytes don't form exactly two tokens, the token has no merge.
 * Exact for GPT-2-style vocabularies.
 * @returns two ids per merge, in order of rank
 */
export function mergesFromRanks(vocabulary: Vocabulary): Uint32Array {
	const tokens = tokenTableOf(vocabulary);
	const { size, source } = tokens;
	const merger = new Merger(new RankRules(tokens));
	// A byte without a token becomes a symbol with the id `size`.
	const unknown = { unknownId: size, drop: false, fuse: false, byteFallback: null };
	const split = createSymbolSplitter(tokens, true, unknown);
	const symbols = new Symbols();
	const merges = new IntBuffer(2 * size);
	let [left, right, rank, highest] = [0, 0, -1, -1];
	const listener: MergeListener = (nextRank, nextLeft, nextRight) => {
		highest = Math.max(highest, rank);
		left = nextLeft;
		right = nextRight;
		rank = nextRank;
	};
	for (let id = 0; id < size; id++) {
		const start = tokens.startOf(id);
		split(source, start, tokens.endOf(id), symbols);
		rank = highest = -1;
		merger.merge(source, start, symbols, listener);
		if (rank !== id || highest > id || left === size || right === size) continue;
		merges.push(left);
		merges.push(right);
	}
	return merges.toArray();
}
