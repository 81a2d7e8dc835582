import type { Encoding } from '../../engine';
import { SpanState, type TextAlignment } from './align';

type Spans = Pick<Encoding, 'byteStarts' | 'byteEnds'>;
type AlignedSpans = Pick<TextAlignment, 'ends' | 'states'>;

/** Number of tokens shown on each side of a difference. */
const MARGIN_TOKENS = 3;
/** Minimum number of identical tokens worth hiding. */
const MIN_HIDDEN_TOKENS = 4;
/** Maximum number of tokens per row on either side. */
const MAX_ROW_TOKENS = 40;

/** A row of a text diff: tokens from both sides that cover the same bytes, or a hidden run of identical tokens. */
export interface DiffRow {
	readonly kind: 'tokens' | 'alike';
	/** Token indices on each side; the end is exclusive. */
	readonly fromA: number;
	readonly toA: number;
	readonly fromB: number;
	readonly toB: number;
	/** Byte range in the text; the end is exclusive. */
	readonly start: number;
	readonly end: number;
}

/**
 * Start and end byte of each span that the user can step through. Normally, all differing spans are included. However,
 * if some spans are split differently and most of the other bytes have different ids, only the spans that are split
 * differently are included.
 */
export function differencesOf({ ends, states }: AlignedSpans): Uint32Array {
	const bytes = [0, 0, 0];
	states.forEach((state, i) => (bytes[state] += ends[i] - (i === 0 ? 0 : ends[i - 1])));
	const { sameIds, otherIds, otherSplit } = SpanState;
	const areUnrelated = bytes[otherIds] > bytes[sameIds] && bytes[otherSplit] > 0;
	const differences: number[] = [];
	states.forEach((state, i) => {
		if (areUnrelated ? state !== otherSplit : state === sameIds) return;
		differences.push(i === 0 ? 0 : ends[i - 1], ends[i]);
	});
	return Uint32Array.from(differences);
}

const differs = (state: number) => state !== SpanState.sameIds;

/** A byte offset that isn't inside any token, and the number of tokens before it on each side. */
interface Border {
	readonly a: number;
	readonly b: number;
	readonly byte: number;
}

/**
 * The rows of a text diff, in order. In each run of identical tokens, hides all but the {@link MARGIN_TOKENS} next to a
 * difference, provided that this hides at least {@link MIN_HIDDEN_TOKENS}. If there are no differences, shows the start
 * of the text.
 */
export function diffRows(a: Spans, b: Spans, { ends, states }: AlignedSpans): DiffRow[] {
	const rows: DiffRow[] = [];
	let from: Border = { a: 0, b: 0, byte: 0 };
	let at = from;

	if (states.some(differs)) addStretches();
	else {
		addPairs(a.byteEnds[Math.min(MAX_ROW_TOKENS, a.byteEnds.length) - 1] ?? 0);
		addEqual(ends.at(-1) ?? 0, { first: true, last: true });
	}
	// Tokens at the end of the text that don't cover any bytes belong to the last row.
	at = { a: a.byteEnds.length, b: b.byteEnds.length, byte: at.byte };
	close('tokens');
	return rows;

	function addStretches(): void {
		for (let span = 0; span < ends.length; span++) {
			if (differs(states[span])) {
				if (states[span] === SpanState.otherIds) addPairs(ends[span]);
				else addOtherSplit(ends[span]);
				continue;
			}
			const first = span === 0;
			while (span + 1 < ends.length && !differs(states[span + 1])) span++;
			addEqual(ends[span], { first, last: span + 1 === ends.length });
		}
	}

	/** Adds a span that is split differently, without breaking it across rows. */
	function addOtherSplit(end: number): void {
		const stop = borderAt(end);
		if (Math.max(stop.a - from.a, stop.b - from.b) > MAX_ROW_TOKENS) close('tokens');
		at = stop;
	}

	/** Adds tokens before byte `end`, where both sides split the text the same way. A row can end after any token. */
	function addPairs(end: number): void {
		const stop = borderAt(end);
		while (stop.a - from.a > MAX_ROW_TOKENS && from.a + MAX_ROW_TOKENS > at.a) {
			at = borderAfter(from.a + MAX_ROW_TOKENS);
			close('tokens');
		}
		if (stop.a - from.a > MAX_ROW_TOKENS) close('tokens');
		at = stop;
	}

	/** Adds a run of identical tokens, hiding most of a long run. */
	function addEqual(end: number, edge: { readonly first: boolean; readonly last: boolean }): void {
		const stop = borderAt(end);
		const before = edge.first ? 0 : MARGIN_TOKENS;
		const after = edge.last ? 0 : MARGIN_TOKENS;
		if (stop.a - at.a - before - after < MIN_HIDDEN_TOKENS) {
			addPairs(end);
			return;
		}
		if (before > 0) at = borderAfter(at.a + before);
		close('tokens');
		at = after > 0 ? borderAfter(stop.a - after) : stop;
		close('alike');
		at = stop;
	}

	function borderAfter(tokensOfA: number): Border {
		return borderAt(a.byteEnds[tokensOfA - 1]);
	}

	function borderAt(byte: number): Border {
		return { a: tokensBefore(a, at.a, byte), b: tokensBefore(b, at.b, byte), byte };
	}

	function close(kind: DiffRow['kind']): void {
		if (at.a > from.a || at.b > from.b) {
			const [tokensA, tokensB] = [
				{ fromA: from.a, toA: at.a },
				{ fromB: from.b, toB: at.b }
			];
			rows.push({ kind, ...tokensA, ...tokensB, start: from.byte, end: at.byte });
		}
		from = at;
	}
}

/** Number of tokens before a byte offset, given that there are at least `token` of them. */
function tokensBefore({ byteStarts, byteEnds }: Spans, token: number, byte: number): number {
	while (token < byteEnds.length && byteEnds[token] <= byte && byteStarts[token] < byte) token++;
	return token;
}
