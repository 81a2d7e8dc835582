import type { Encoding } from '../../src/lib/engine';

const encoder = new TextEncoder();

/** For each byte of the UTF-8 of `text`, the index of its character (code point). */
export function charOfByte(text: string): number[] {
	return [...text].flatMap((character, i) =>
		Array.from({ length: encoder.encode(character).length }, () => i)
	);
}

/**
 * Spans of tokens in characters, as the native library gives them: a token with part of a character has the span of the
 * whole character. `null` for a token of an inserted character, whose span is empty here and its neighbour's in the
 * native library.
 */
export function charSpans(
	text: string,
	{ byteStarts, byteEnds }: Encoding
): ([number, number] | null)[] {
	const characters = charOfByte(text);
	return Array.from(byteStarts, (start, i) =>
		start === byteEnds[i] ? null : [characters[start], characters[byteEnds[i] - 1] + 1]
	);
}
