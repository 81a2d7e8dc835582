import { describe, expect, it } from 'vitest';
import { tokenAtByte, tokensInRange } from './token-lookup';

// An added token, "ab", a removed space at 2, two tokens over bytes 3 to 6, an empty token at the end.
const spans = {
	byteStarts: Uint32Array.of(0, 0, 3, 3, 6),
	byteEnds: Uint32Array.of(0, 2, 6, 6, 6)
};

describe('tokenAtByte', () => {
	it('finds the token with the byte, the next one in a gap, the last one at the end', () => {
		expect([0, 1, 2, 3, 5, 6, 99].map((byte) => tokenAtByte(spans, byte))).toEqual([
			1, 1, 2, 2, 2, 3, 3
		]);
		const none = { byteStarts: new Uint32Array(0), byteEnds: new Uint32Array(0) };
		expect(tokenAtByte(none, 0)).toBe(-1);
	});
});

describe('tokensInRange', () => {
	it('finds every token that shares a byte, and none in a gap', () => {
		expect(tokensInRange(spans, { start: 1, end: 4 })).toEqual({ from: 1, to: 4 });
		expect(tokensInRange(spans, { start: 5, end: 6 })).toEqual({ from: 2, to: 4 });
		const { from, to } = tokensInRange(spans, { start: 2, end: 3 });
		expect(to - from).toBe(0);
	});

	it('finds empty tokens by an empty range at the same byte', () => {
		expect(tokensInRange(spans, { start: 0, end: 0 })).toEqual({ from: 0, to: 1 });
		expect(tokensInRange(spans, { start: 6, end: 6 })).toEqual({ from: 4, to: 5 });
		const { from, to } = tokensInRange(spans, { start: 4, end: 4 });
		expect(to - from).toBe(0);
	});
});
