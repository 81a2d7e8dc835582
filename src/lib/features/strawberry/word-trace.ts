/** The merges of a word, and why the boundaries between its final tokens remain. */
import type { Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { encodingOf, joinEncodings } from './joined-encodings';
import { lastTokens, tokensAfter, wordMergesOf, type WordMerges } from './word-merges';

/** Two adjacent tokens. Offsets are bytes of {@link WordMerges.bytes}. */
export interface TokenPair {
	readonly left: number;
	readonly right: number;
	readonly start: number;
	readonly boundary: number;
	readonly end: number;
}

/** A possible merge that did not happen, because another merge took one of its tokens first. */
export interface RunnerUp extends TokenPair {
	readonly rank: number;
	/** The step of the other merge, from 1. */
	readonly lostTo: number;
}

/** A boundary between two final tokens of one pre-token. No merge joins the two. */
export interface FinalBoundary extends TokenPair {
	/** Merges across the boundary that were possible at some step, in the order in which they lost. */
	readonly runnersUp: readonly RunnerUp[];
}

export interface WordTrace {
	readonly merges: WordMerges;
	readonly boundaries: readonly FinalBoundary[];
}

/** Traces a text from its byte `byteStart` on; offsets of the trace begin there. */
export function traceWord(tokenizer: Tokenizer, text: string, byteStart = 0): WordTrace {
	const { ids } = encodingOf(joinEncodings([tokenizer.encode(text)]), 0, byteStart);
	const merges = lastTokens(wordMergesOf(encodeUtf8(text), tokenizer.trace(text)), ids.length);
	const rankOf = (left: number, right: number) => tokenizer.mergeRank(left, right);
	return { merges, boundaries: finalBoundaries(merges, rankOf) };
}

/** @param rankOf rank of the merge of two adjacent tokens, or -1 */
export function finalBoundaries(
	merges: WordMerges,
	rankOf: (left: number, right: number) => number
): FinalBoundary[] {
	const { ids, byteStarts, byteEnds } = tokensAfter(merges, merges.steps.length);
	const preTokenEnds = new Set(merges.preTokenEnds);
	const runnersUp = runnersUpOf(merges, rankOf);
	const boundaries: FinalBoundary[] = [];
	for (let i = 1; i < ids.length; i++) {
		const boundary = byteStarts[i];
		if (preTokenEnds.has(boundary)) continue;
		boundaries.push({
			left: ids[i - 1],
			right: ids[i],
			start: byteStarts[i - 1],
			boundary,
			end: byteEnds[i],
			runnersUp: runnersUp.get(boundary) ?? []
		});
	}
	return boundaries;
}

/** The runners-up across each boundary. */
function runnersUpOf(
	{ initial, steps, preTokenEnds }: WordMerges,
	rankOf: (left: number, right: number) => number
): Map<number, RunnerUp[]> {
	const preTokenBoundaries = new Set(preTokenEnds);
	/** By boundary: the adjacent tokens there, if they can merge. */
	const possible = new Map<number, TokenPair & { readonly rank: number }>();
	const idAt = new Map<number, number>();
	const endAt = new Map<number, number>();
	const startBefore = new Map<number, number>();
	const runnersUp = new Map<number, RunnerUp[]>();

	const meet = (start: number, boundary: number) => {
		const [left, right, end] = [idAt.get(start), idAt.get(boundary), endAt.get(boundary)];
		if (left === undefined || right === undefined || end === undefined) return;
		const rank = rankOf(left, right);
		if (rank >= 0) possible.set(boundary, { left, right, start, boundary, end, rank });
	};
	const lose = (boundary: number, lostTo: number) => {
		const pair = possible.get(boundary);
		if (!pair) return;
		possible.delete(boundary);
		runnersUp.set(boundary, [...(runnersUp.get(boundary) ?? []), { ...pair, lostTo }]);
	};

	initial.ids.forEach((id, i) => {
		idAt.set(initial.byteStarts[i], id);
		endAt.set(initial.byteStarts[i], initial.byteEnds[i]);
	});
	for (let i = 1; i < initial.ids.length; i++) {
		const boundary = initial.byteStarts[i];
		if (preTokenBoundaries.has(boundary)) continue;
		startBefore.set(boundary, initial.byteStarts[i - 1]);
		meet(initial.byteStarts[i - 1], boundary);
	}
	steps.forEach(({ product, start, boundary, end }, i) => {
		possible.delete(boundary);
		lose(start, i + 1);
		lose(end, i + 1);
		idAt.delete(boundary);
		startBefore.delete(boundary);
		idAt.set(start, product);
		endAt.set(start, end);
		const before = startBefore.get(start);
		if (before !== undefined) meet(before, start);
		if (startBefore.has(end)) {
			startBefore.set(end, start);
			meet(start, end);
		}
	});
	return runnersUp;
}
