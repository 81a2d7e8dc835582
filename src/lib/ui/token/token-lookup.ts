import type { Encoding } from '../../engine';

/** Byte span in the document; empty for a token without bytes. */
export interface ByteRange {
	readonly start: number;
	readonly end: number;
}

type Spans = Pick<Encoding, 'byteStarts' | 'byteEnds'>;

/**
 * Bisects token ends, which are in ascending order, to find the token that contains `byte`. If the byte doesn't belong
 * to any token, returns the next token, or the last one if no token follows; -1 if there are no tokens. Tokens without
 * bytes are skipped unless all tokens are empty.
 */
export function tokenAtByte({ byteStarts, byteEnds }: Spans, byte: number): number {
	const count = byteEnds.length;
	const token = firstWhere(count, (at) => byteEnds[at] > byte);
	if (token < count) return token;
	for (let at = count - 1; at >= 0; at--) if (byteEnds[at] > byteStarts[at]) return at;
	return count - 1;
}

/**
 * Returns the range of tokens `[from, to)` that share a byte with `range`. If `range` is empty, returns the empty
 * tokens at the same byte.
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

/**
 * Bisects `count` positions and returns the first for which `holds` is true; `count` if there is none. `holds` must
 * also be true for every later position.
 */
export function firstWhere(count: number, holds: (at: number) => boolean): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}
