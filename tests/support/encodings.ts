import type { Encoding } from '../../src/lib/engine';

export const PLAIN_VIEW = {
	differs: null,
	display: 'text',
	whitespace: true,
	colourAll: false
} as const;

type TokenAt = readonly [id: number, start: number, end: number, kind?: number];

function encodingOf(tokens: readonly TokenAt[]): Encoding {
	return {
		ids: Uint32Array.from(tokens, ([id]) => id),
		byteStarts: Uint32Array.from(tokens, ([, start]) => start),
		byteEnds: Uint32Array.from(tokens, ([, , end]) => end),
		...(tokens.some(({ length }) => length > 3) && {
			kinds: Uint8Array.from(tokens, ([, , , kind = 0]) => kind)
		})
	};
}

/** The default kind is 0, an ordinary token. */
export const tokensAt = (...tokens: readonly TokenAt[]): Encoding => encodingOf(tokens);

/** `lengths` are in bytes. The tokens are adjacent. Ids default to 100, 101 and so on. */
export function tokensOfLengths(lengths: readonly number[], ids?: readonly number[]): Encoding {
	let end = 0;
	return encodingOf(lengths.map((length, i) => [ids?.[i] ?? 100 + i, end, (end += length)]));
}
