const encoder = new TextEncoder();

/** For each byte of the UTF-8 of `text`, the character (code point) it is part of. */
export function charOfByte(text: string): number[] {
	return [...text].flatMap((character, i) =>
		Array.from({ length: encoder.encode(character).length }, () => i)
	);
}
