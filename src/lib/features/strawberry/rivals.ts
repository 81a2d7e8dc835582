/** Merges that did not happen: those that lost to an earlier one, and those that no tokenizer rule knows. */
import { tokensAfter, type WordMerges } from './ladder';

/** Two neighbours. Offsets are bytes of the ladder's text. */
export interface Neighbours {
	readonly left: number;
	readonly right: number;
	readonly start: number;
	readonly joint: number;
	readonly end: number;
}

/** A merge that was possible and lost: one of its parts was taken by another merge first. */
export interface LostMerge extends Neighbours {
	readonly rank: number;
	/** The step, counted from 1, that took a part of it away. */
	readonly lostTo: number;
}

/** Why a cut between two tokens of one pre-token stayed. */
export interface FinalBoundary extends Neighbours {
	/** The merges across this cut that were possible on the way, in the order they were lost. */
	readonly lost: readonly LostMerge[];
}

/**
 * The cuts that stand in the end. No merge joins the two tokens beside one: else it would have happened.
 *
 * @param rankOf the rank of merging two neighbouring tokens; -1 when they do not merge
 */
export function finalBoundaries(
	ladder: WordMerges,
	rankOf: (left: number, right: number) => number
): FinalBoundary[] {
	const { ids, byteStarts, byteEnds } = tokensAfter(ladder, ladder.rungs.length);
	const pieceEnds = new Set(ladder.pieceEnds);
	const lost = lostMerges(ladder, rankOf);
	const cuts: FinalBoundary[] = [];
	for (let i = 1; i < ids.length; i++) {
		const joint = byteStarts[i];
		if (pieceEnds.has(joint)) continue;
		cuts.push({
			left: ids[i - 1],
			right: ids[i],
			start: byteStarts[i - 1],
			joint,
			end: byteEnds[i],
			lost: lost.get(joint) ?? []
		});
	}
	return cuts;
}

/** By the byte where two symbols meet: the possible merges across it that were lost. */
function lostMerges(
	{ initial, rungs, pieceEnds }: WordMerges,
	rankOf: (left: number, right: number) => number
): Map<number, LostMerge[]> {
	const ends = new Set(pieceEnds);
	/** By the byte where the right one begins: a pair of neighbours that can merge. */
	const possible = new Map<number, Neighbours & { readonly rank: number }>();
	const idAt = new Map<number, number>();
	const endAt = new Map<number, number>();
	const startBefore = new Map<number, number>();
	const lost = new Map<number, LostMerge[]>();

	const meet = (start: number, joint: number) => {
		const [left, right, end] = [idAt.get(start), idAt.get(joint), endAt.get(joint)];
		if (left === undefined || right === undefined || end === undefined) return;
		const rank = rankOf(left, right);
		if (rank >= 0) possible.set(joint, { left, right, start, joint, end, rank });
	};
	const lose = (joint: number, lostTo: number) => {
		const pair = possible.get(joint);
		if (!pair) return;
		possible.delete(joint);
		const list = lost.get(joint);
		if (list) list.push({ ...pair, lostTo });
		else lost.set(joint, [{ ...pair, lostTo }]);
	};

	initial.ids.forEach((id, i) => {
		idAt.set(initial.byteStarts[i], id);
		endAt.set(initial.byteStarts[i], initial.byteEnds[i]);
	});
	for (let i = 1; i < initial.ids.length; i++) {
		const joint = initial.byteStarts[i];
		if (ends.has(joint)) continue;
		startBefore.set(joint, initial.byteStarts[i - 1]);
		meet(initial.byteStarts[i - 1], joint);
	}
	rungs.forEach(({ product, start, joint, end }, i) => {
		possible.delete(joint);
		lose(start, i + 1);
		lose(end, i + 1);
		idAt.delete(joint);
		startBefore.delete(joint);
		idAt.set(start, product);
		endAt.set(start, end);
		const before = startBefore.get(start);
		if (before !== undefined) meet(before, start);
		if (startBefore.has(end)) {
			startBefore.set(end, start);
			meet(start, end);
		}
	});
	return lost;
}
