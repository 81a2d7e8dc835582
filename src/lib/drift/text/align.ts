import type { Encoding } from '../../engine';
import { compareBoundaries } from '../../tokenizers/differing-spans';
import { equalNumbers } from '../equal';

/** How the tokenizations of a span compare: same ids, different split, or same split with different ids. */
export const SpanState = { sameIds: 0, otherSplit: 1, otherIds: 2 } as const;
export type SpanState = (typeof SpanState)[keyof typeof SpanState];

/** A text encoded with A and with B, aligned by byte offsets in the original text. */
export interface TextAlignment {
	/**
	 * Spans that cover the whole text: the byte offset of each span's end, and its {@link SpanState}. Adjacent spans with
	 * the same state are merged, unless the state is `otherSplit`.
	 */
	readonly ends: Uint32Array;
	readonly states: Uint8Array;
	/** One {@link SpanState} per token, including tokens that don't cover any bytes. */
	readonly tokensA: Uint8Array;
	readonly tokensB: Uint8Array;
}

type Tokens = Pick<Encoding, 'ids' | 'byteStarts' | 'byteEnds'>;

/**
 * Aligns two encodings of a text with `length` bytes by their byte offsets in the original text. Takes time linear in
 * the number of tokens.
 */
export function alignEncodings(a: Tokens, b: Tokens, length: number): TextAlignment {
	const tokensA = new Uint8Array(a.ids.length);
	const tokensB = new Uint8Array(b.ids.length);
	const ends: number[] = [];
	const states: SpanState[] = [];
	let nextA = 0;
	let nextB = 0;

	const { differences } = compareBoundaries([a, b], length);
	for (let at = 0; at < differences.length; at += 2) {
		alignSameSplit(differences[at]);
		alignOtherSplit(differences[at + 1]);
	}
	alignSameSplit(length);
	alignEmptyTokens();
	return { ends: Uint32Array.from(ends), states: Uint8Array.from(states), tokensA, tokensB };

	/** Aligns the tokens that start before byte `end`. Up to there, both sides split the text the same way. */
	function alignSameSplit(end: number): void {
		for (;;) {
			alignEmptyTokens();
			if (nextA >= a.ids.length || a.byteStarts[nextA] >= end) break;
			const state = a.ids[nextA] === b.ids[nextB] ? SpanState.sameIds : SpanState.otherIds;
			// Bytes outside all tokens, such as a removed space, don't count as a difference.
			extend(a.byteStarts[nextA], SpanState.sameIds);
			extend(a.byteEnds[nextA], state);
			tokensA[nextA++] = tokensB[nextB++] = state;
		}
		extend(end, SpanState.sameIds);
	}

	function alignOtherSplit(end: number): void {
		const state = SpanState.otherSplit;
		while (nextA < a.ids.length && a.byteStarts[nextA] < end) tokensA[nextA++] = state;
		while (nextB < b.ids.length && b.byteStarts[nextB] < end) tokensB[nextB++] = state;
		extend(end, state);
	}

	/** Aligns tokens that don't cover any bytes (a BOS, an added `▁`). */
	function alignEmptyTokens(): void {
		const [firstA, firstB] = [nextA, nextB];
		nextA = firstCovering(a, firstA);
		nextB = firstCovering(b, firstB);
		const [idsA, idsB] = [a.ids.subarray(firstA, nextA), b.ids.subarray(firstB, nextB)];
		if (equalNumbers(idsA, idsB)) return;
		const isSameNumber = idsA.length === idsB.length;
		const state = isSameNumber ? SpanState.otherIds : SpanState.otherSplit;
		tokensA.fill(state, firstA, nextA);
		tokensB.fill(state, firstB, nextB);
	}

	function extend(end: number, state: SpanState): void {
		const last = ends.length - 1;
		const before = last < 0 ? 0 : ends[last];
		if (end <= before) {
			// If several tokens cover the same bytes, one differing id makes the whole span differ.
			const isWorse = state === SpanState.otherIds && states[last] === SpanState.sameIds;
			if (isWorse) states[last] = state;
			return;
		}
		if (state !== SpanState.otherSplit && states[last] === state) ends[last] = end;
		else {
			ends.push(end);
			states.push(state);
		}
	}
}

/** Index of the first token at or after `from` that covers at least one byte. */
function firstCovering({ ids, byteStarts, byteEnds }: Tokens, from: number): number {
	let next = from;
	while (next < ids.length && byteStarts[next] === byteEnds[next]) next++;
	return next;
}
