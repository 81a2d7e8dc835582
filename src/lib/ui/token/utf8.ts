/**
 * Reads UTF-8 one character at a time, even if it is invalid or if reading starts in the middle of a character.
 * TextDecoder isn't used, because it doesn't report where a character is or which bytes were invalid.
 */

/** Stands for the code point of a byte that isn't part of a valid character. */
export const INVALID = -1;

/** One character of a document. Each invalid byte counts as a separate character. */
export interface Character {
	/** Code point, or {@link INVALID}. */
	readonly codePoint: number;
	/** Byte span in the document. */
	readonly start: number;
	readonly end: number;
}

export const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

/**
 * Reads the character that begins at `start`. Overlong forms, surrogates and code points above U+10FFFF are invalid, as
 * in the WHATWG decoder.
 */
export function characterFrom(document: Uint8Array, start: number): Character {
	const lead = document[start];
	if (lead < 0x80) return { codePoint: lead, start, end: start + 1 };
	const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	const invalid = { codePoint: INVALID, start, end: start + 1 };
	if (lead < 0xc2 || lead > 0xf4 || start + length > document.length) return invalid;
	let codePoint = lead & (0x7f >> length);
	for (let i = 1; i < length; i++) {
		const byte = document[start + i];
		if (!isContinuation(byte)) return invalid;
		codePoint = (codePoint << 6) | (byte & 0x3f);
	}
	const smallest = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80;
	const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
	if (codePoint < smallest || codePoint > 0x10ffff || isSurrogate) return invalid;
	return { codePoint, start, end: start + length };
}

/** Reads the character that contains the byte at `byte`. */
export function characterAround(document: Uint8Array, byte: number): Character {
	let start = byte;
	while (start > 0 && byte - start < 3 && isContinuation(document[start])) start--;
	const character = characterFrom(document, start);
	return character.end > byte ? character : characterFrom(document, byte);
}
