import type { BpeModel } from './types';

/** A token and the two it was merged from; a symbol that merging starts from has no parts. */
export interface MergeNode {
	readonly id: number;
	/** Bytes [start, end) of the text that it covers. */
	readonly start: number;
	readonly end: number;
	/** Null for an initial symbol. */
	readonly merge: {
		readonly rank: number;
		readonly left: MergeNode;
		readonly right: MergeNode;
	} | null;
}

/**
 * The trees of merges by which a model builds `piece`, left to right: one tree when everything merges.
 * Given the bytes of a token, that one tree says how the token comes about; several, or a tree of
 * another id, say that merging never leads to it (a piece that `ignore_merges` or tiktoken takes whole
 * is then a tree without parts).
 */
export function mergeTrees(model: BpeModel, piece: Uint8Array): MergeNode[] {
	const trace = model.tracePretoken(piece);
	/** By the byte where they begin: merging never moves a beginning. */
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
		if (!left || !right)
			throw new Error(`merge ${i} of the trace joins symbols that are not there`);
		nodes.delete(right.start);
		const merge = { rank: trace.ranks[i], left, right };
		nodes.set(left.start, { id: trace.products[i], start: left.start, end: right.end, merge });
	}
	return [...nodes.values()].sort((a, b) => a.start - b.start);
}
