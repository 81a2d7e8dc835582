import { codePointAt, previousStart, sequenceLength } from './utf8';

/** Whether a code point has the property White_Space (`\s` in Rust). Unchanged since Unicode 6.3. */
export function isWhiteSpace(codePoint: number): boolean {
	if (codePoint < 0x80) return codePoint === 0x20 || (codePoint >= 0x09 && codePoint <= 0x0d);
	return (
		codePoint === 0x85 ||
		codePoint === 0xa0 ||
		codePoint === 0x1680 ||
		(codePoint >= 0x2000 && codePoint <= 0x200a) ||
		codePoint === 0x2028 ||
		codePoint === 0x2029 ||
		codePoint === 0x202f ||
		codePoint === 0x205f ||
		codePoint === 0x3000
	);
}

/** First byte from `at` on that is not white space; `end` if there is none. */
export function skipWhiteSpace(bytes: Uint8Array, at: number, end: number): number {
	while (at < end && isWhiteSpace(codePointAt(bytes, at))) at += sequenceLength(bytes[at]);
	return at;
}

/** First byte of the white space in bytes [start, end) that ends at `end`. */
export function skipWhiteSpaceBack(bytes: Uint8Array, start: number, end: number): number {
	while (end > start) {
		const previous = previousStart(bytes, end);
		if (!isWhiteSpace(codePointAt(bytes, previous))) break;
		end = previous;
	}
	return end;
}
