import type { SideOutcome } from '../../../drift/cases/types';
import type { Encoding } from '../../../engine';

/** Tokens on one side of a case. Offsets refer to the tokens' concatenated bytes, not to the text. */
export interface DrawnSide {
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	/** One byte per token: 1 if the token is marked as different, 0 if it isn't. */
	readonly differs: Uint8Array;
}

/** Lays out both sides of a case. Marks all tokens as different except those that both sides start or end with. */
export function drawSides(a: SideOutcome, b: SideOutcome): { a: DrawnSide; b: DrawnSide } {
	const idsA = a.tokens.map(({ id }) => id);
	const idsB = b.tokens.map(({ id }) => id);
	const shorter = Math.min(idsA.length, idsB.length);
	let before = 0;
	while (before < shorter && idsA[before] === idsB[before]) before++;
	let after = 0;
	while (after < shorter - before && idsA.at(-1 - after) === idsB.at(-1 - after)) after++;
	return { a: drawSide(a, before, after), b: drawSide(b, before, after) };
}

function drawSide({ tokens }: SideOutcome, before: number, after: number): DrawnSide {
	const document = new Uint8Array(tokens.reduce((sum, { bytes }) => sum + bytes.length, 0));
	const byteStarts = new Uint32Array(tokens.length);
	const byteEnds = new Uint32Array(tokens.length);
	let at = 0;
	tokens.forEach(({ bytes }, token) => {
		document.set(bytes, at);
		byteStarts[token] = at;
		byteEnds[token] = at += bytes.length;
	});
	return {
		document,
		encoding: { ids: Uint32Array.from(tokens, ({ id }) => id), byteStarts, byteEnds },
		differs: new Uint8Array(tokens.length).fill(1, before, tokens.length - after)
	};
}
