import type { BpeModel } from './bpe';
import type { PretokenTrace } from './types';

/** A token and the two tokens it was merged from. */
export interface MergeNode {
	readonly id: number;
	/** Byte range [start, end) in the token without its affixes. */
	readonly start: number;
	readonly end: number;
	/** `null` for an initial symbol. */
	readonly merge: {
		readonly rank: number;
		readonly left: MergeNode;
		readonly right: MergeNode;
	} | null;
}

/**
 * Encodes a token's bytes and builds the merge tree of each resulting token, from left to right. A single tree with the
 * token's id shows how the token is built; any other result means that merging never produces the token. A token that
 * is encoded without merging (`ignore_merges`, tiktoken) is a tree without merges.
 */
export const mergeTrees = (model: BpeModel, token: Uint8Array): MergeNode[] =>
	buildMergeTrees(model.traceToken(token));

/** Builds the merge trees of a traced pre-token from left to right, one per token. */
export function buildMergeTrees(trace: PretokenTrace): MergeNode[] {
	const nodes = new Map<number, MergeNode>();
	let start = 0;
	for (let i = 0; i < trace.initialIds.length; i++) {
		const end = trace.initialEnds[i];
		nodes.set(start, { id: trace.initialIds[i], start, end, merge: null });
		start = end;
	}
	for (let i = 0; i < trace.ranks.length; i++) {
		const left = nodes.get(trace.positions[i]);
		const right = left && nodes.get(left.end);
		if (!left || !right) throw new Error(`merge ${i} of the trace joins symbols that do not exist`);
		nodes.delete(right.start);
		const merge = { rank: trace.ranks[i], left, right };
		nodes.set(left.start, { id: trace.products[i], start: left.start, end: right.end, merge });
	}
	return [...nodes.values()].sort((a, b) => a.start - b.start);
}
