import type { Encoding } from '../../src/lib/engine';

const encoder = new TextEncoder();

/** For each byte of the UTF-8 of `text`, the index of its character (code point). */
export function charOfByte(text: string): number[] {
	return [...text].flatMap((character, i) =>
		Array.from({ length: encoder.encode(character).length }, () => i)
	);
}

/**
 * Token spans, measured in characters as in the native library: if a token contains part of a character, the token's
 * span includes the whole character. `null` for tokens from inserted characters, because the lab gives these an empty
 * span and the native library gives them a neighbour's span.
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
