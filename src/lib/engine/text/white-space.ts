import { CLASS_FLAGS, ClassFlag } from './unicode-classes';
import { codePointAt, previousStart, sequenceLength } from './utf8';

/** Whether a code point has the property White_Space (`\s` in Rust). Unchanged since Unicode 6.3. */
export const isWhiteSpace = (codePoint: number): boolean =>
	(CLASS_FLAGS[codePoint] & ClassFlag.space) !== 0;

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
