import { TokenKind } from '../encoding';
import { IntBuffer } from '../structures/arrays';
import { originEnd, originStart, type AlignedText } from '../text/aligned';
import { codePointAt, previousStart, sequenceLength } from '../text/utf8';
import { isWhiteSpace } from '../text/unicode-classes';

/** Returns a test for the characters that `trim_offsets` excludes from the spans of a given kind of token. */
export function trimmedCharacters(kind: TokenKind, byteLevel: boolean): (code: number) => boolean {
	if (kind === TokenKind.special) return isWhiteSpace;
	// The strings of unknown and byte-fallback tokens (`<unk>`, `<0x20>`) differ from the text.
	if (kind === TokenKind.unknown || kind === TokenKind.byteFallback) return isNone;
	return byteLevel ? isSpace : isWhiteSpaceOrLetter;
}

const isNone = (): boolean => false;
const isSpace = (code: number): boolean => code === 0x20;
/** The reference treats the letter `Ġ` as a space, even in a character-level vocabulary. */
const isWhiteSpaceOrLetter = (code: number): boolean => isWhiteSpace(code) || code === 0x120;

export function isTrimmedAt(
	bytes: Uint8Array,
	at: number,
	isTrimmed: (code: number) => boolean
): boolean {
	return (bytes[at] & 0xc0) !== 0x80 && isTrimmed(codePointAt(bytes, at));
}

/**
 * Trimmed spans of tokens in rewritten text. `trim_offsets` excludes spaces in the rewritten text, each of which may
 * have been a tab or a run of white space in the original.
 */
export class TrimmedSpans {
	/**
	 * The numbers stored for each token, in the order of {@link FIELDS}. Spans are byte offsets into the original text.
	 */
	readonly data = new IntBuffer(64);
	#original: Uint8Array | null = null;

	constructor(readonly byteLevel: boolean) {}

	/** @param original UTF-8 of the original text; `null` if spans will not be trimmed */
	begin(original: Uint8Array | null): void {
		this.data.recycle();
		this.#original = original;
	}

	/** Adds a token at bytes [from, to) of a rewritten text. */
	add(index: number, text: AlignedText, from: number, to: number, kind: TokenKind): void {
		const original = this.#original;
		if (!original) return;
		const { bytes } = text;
		const isTrimmed = trimmedCharacters(kind, this.byteLevel);
		let first = from;
		let spaces = 0;
		for (; first < to && isTrimmedAt(bytes, first, isTrimmed); spaces++) {
			first += sequenceLength(bytes[first]);
		}
		// As in the reference, excludes one character of the original for each trailing space.
		let last = to;
		let end = originEnd(text, to);
		while (last > first && isTrimmedAt(bytes, previousStart(bytes, last), isTrimmed)) {
			last = previousStart(bytes, last);
			end = previousStart(original, end);
		}
		const space = originStart(text, from);
		const spaceEnd = originEnd(text, Math.min(from + 1, to));
		for (const value of [
			index,
			spaces,
			spaceEnd > space ? previousStart(original, spaceEnd) : space,
			first < to ? originStart(text, first) : originEnd(text, to),
			first < last ? end : 0
		]) {
			this.data.push(value);
		}
	}
}

/**
 * Positions of the numbers stored for each token: its index, its number of leading spaces, the start of the original
 * character that became the first of these (the last one if there were several), and the span without spaces. `end` is
 * 0 if the token consists only of spaces.
 */
export const FIELDS = { index: 0, spaces: 1, spaceStart: 2, start: 3, end: 4, count: 5 } as const;
