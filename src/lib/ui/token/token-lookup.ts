import type { Encoding } from '../../engine';

/** Bytes of the document, end exclusive; empty for a token that stands for no byte. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

type Spans = Pick<Encoding, 'byteStarts' | 'byteEnds'>;

/**
 * The token that holds `byte`, by bisection (ends never decrease). A byte of no token gives the next
 * token, past the end the last; -1 only when there are no tokens. Empty tokens are passed over
 * unless there is nothing else.
 */
export function tokenAtByte({ byteStarts, byteEnds }: Spans, byte: number): number {
	const count = byteEnds.length;
	const token = firstWhere(count, (at) => byteEnds[at] > byte);
	if (token < count) return token;
	for (let at = count - 1; at >= 0; at--) if (byteEnds[at] > byteStarts[at]) return at;
	return count - 1;
}

/**
 * The tokens that share a byte with `range`, as first token and token after the last. An empty range
 * is met by the empty tokens at the same byte.
 */
export function tokensInRange(
	{ byteStarts, byteEnds }: Spans,
	{ start, end }: ByteRange
): { from: number; to: number } {
	const count = byteEnds.length;
	if (start === end) {
		const from = firstWhere(count, (at) => byteEnds[at] >= start && byteStarts[at] >= start);
		let to = from;
		while (to < count && byteStarts[to] === start && byteEnds[to] === start) to++;
		return { from, to };
	}
	const from = firstWhere(count, (at) => byteEnds[at] > start);
	const to = firstWhere(count, (at) => byteStarts[at] >= end);
	return { from, to: Math.max(from, to) };
}

/** The first of `count` for which `holds`, which must stay true once it is; `count` when none. */
function firstWhere(count: number, holds: (at: number) => boolean): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}
