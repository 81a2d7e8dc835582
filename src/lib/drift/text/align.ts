import type { Encoding } from '../../engine';
import { compareBoundaries } from '../../tokenizers/differing-spans';
import { equalNumbers } from '../equal';

/** How A and B tokenize a span of text: the same way, split differently, or split the same way with different ids. */
export const SpanState = { sameIds: 0, otherSplit: 1, otherIds: 2 } as const;
export type SpanState = (typeof SpanState)[keyof typeof SpanState];

/** A text encoded with A and with B, aligned by byte offsets in the original text. */
export interface TextAlignment {
	/**
	 * Spans that cover the whole text: the byte offset of each span's end, and its {@link SpanState}. Adjacent spans
	 * with the same state are merged, except spans that are split differently.
	 */
	readonly ends: Uint32Array;
	readonly states: Uint8Array;
	/** One {@link SpanState} per token, even for tokens without bytes, although these don't belong to any span. */
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
	/** Index of the next token on each side. */
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

	/** Aligns the tokens before byte `end`. Up to there, both sides split the text the same way. */
	function alignSameSplit(end: number): void {
		for (;;) {
			alignEmptyTokens();
			if (nextA >= a.ids.length || a.byteStarts[nextA] >= end) break;
			const state = a.ids[nextA] === b.ids[nextB] ? SpanState.sameIds : SpanState.otherIds;
			// Bytes that neither side covers (a removed space) count as the same.
			extend(a.byteStarts[nextA], SpanState.sameIds);
			extend(a.byteEnds[nextA], state);
			tokensA[nextA++] = tokensB[nextB++] = state;
		}
		extend(end, SpanState.sameIds);
	}

	/** Aligns the tokens of a differing span that ends at byte `end`. */
	function alignOtherSplit(end: number): void {
		const state = SpanState.otherSplit;
		while (nextA < a.ids.length && a.byteStarts[nextA] < end) tokensA[nextA++] = state;
		while (nextB < b.ids.length && b.byteStarts[nextB] < end) tokensB[nextB++] = state;
		extend(end, state);
	}

	/** Aligns tokens without bytes (a BOS, an added `▁`): they don't split text, but their ids count. */
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

	/** Extends the last span to byte `end`, or adds a span. */
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

/** Index of the first token at or after `from` that covers bytes. */
function firstCovering({ ids, byteStarts, byteEnds }: Tokens, from: number): number {
	let next = from;
	while (next < ids.length && byteStarts[next] === byteEnds[next]) next++;
	return next;
}
