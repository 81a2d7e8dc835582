import fc from 'fast-check';
import { expect, it } from 'vitest';
import { multilingualText } from '../../../../tests/support/arbitrary-text';
import { tokensAt } from '../../../../tests/support/encodings';
import { packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import type { Encoding } from '../../engine';
import { byteLength } from '../../engine/text/utf8';
import { alignEncodings, SpanState } from './align';

const { sameIds, otherIds, otherSplit } = SpanState;

function align(a: Encoding, b: Encoding, length: number) {
	const { ends, states, tokensA, tokensB } = alignEncodings(a, b, length);
	return {
		stretches: Array.from(ends, (end, i) => [end, states[i]]),
		tokens: [tokensA.join(''), tokensB.join('')]
	};
}

it('joins neighbours of one state, except differing spans', () => {
	const a = tokensAt([1, 0, 1], [2, 1, 2], [3, 2, 4], [4, 4, 6], [5, 6, 7], [6, 7, 8]);
	const split = [7, 8, 9, 10, 11].map((id) => [id, id - 5, id - 4] as const);
	const b = tokensAt([1, 0, 1], [2, 1, 2], ...split, [6, 7, 8]);
	expect(align(a, b, 8)).toEqual({
		stretches: [
			[2, sameIds],
			[4, otherSplit],
			[6, otherSplit],
			[7, otherIds],
			[8, sameIds]
		],
		tokens: ['001120', '00111120']
	});
});

it('compares tokens without bytes by their ids', () => {
	const bos = tokensAt([9, 0, 0], [1, 0, 1]);
	expect(align(bos, bos, 1).tokens).toEqual(['00', '00']);
	expect(align(bos, tokensAt([1, 0, 1]), 1)).toEqual({
		stretches: [[1, sameIds]],
		tokens: ['10', '0']
	});
	expect(align(bos, tokensAt([8, 0, 0], [1, 0, 1]), 1).tokens).toEqual(['20', '20']);
});

it('covers bytes that no token covers', () => {
	const a = tokensAt([1, 0, 1], [2, 2, 3]);
	expect(align(a, a, 5)).toEqual({ stretches: [[5, sameIds]], tokens: ['00', '00'] });
});

it('follows several tokens over the same bytes', () => {
	const a = tokensAt([1, 0, 3], [2, 0, 3], [3, 3, 4]);
	const b = tokensAt([1, 0, 3], [4, 0, 3], [3, 3, 4]);
	expect(align(a, b, 4)).toEqual({
		stretches: [
			[3, otherIds],
			[4, sameIds]
		],
		tokens: ['020', '020']
	});
});

it.each([
	['cl100k_base', 'o200k_base'],
	['claude-legacy', 'llama2']
])('tiles any text under %s and %s, and agrees with looking token by token', (first, second) => {
	fc.assert(
		fc.property(multilingualText, (text) => {
			const [a, b] = [packedTokenizer(first).encode(text), packedTokenizer(second).encode(text)];
			const length = byteLength(text);
			const { ends, states, tokensA } = alignEncodings(a, b, length);
			expect([...ends]).toEqual([...new Set(ends)].sort((x, y) => x - y));
			expect(ends.at(-1) ?? 0).toBe(length);
			expect(states).toHaveLength(ends.length);
			const inB = new Set(
				Array.from(b.ids, (id, i) => `${id} ${b.byteStarts[i]} ${b.byteEnds[i]}`)
			);
			a.ids.forEach((id, i) => {
				const [start, end] = [a.byteStarts[i], a.byteEnds[i]];
				if (end > start && tokensA[i] === sameIds) expect(inB).toContain(`${id} ${start} ${end}`);
			});
		}),
		{ numRuns: 60 }
	);
});
