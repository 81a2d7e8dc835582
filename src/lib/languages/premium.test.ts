import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureOf } from '../../../tests/support/inflation';
import { decompose, fallbackShare, fertility, oneTokenShare } from './premium';

describe('decompose', () => {
	it('splits a worked example', () => {
		// 100 one-byte characters in 25 tokens, against 80 three-byte characters in 60 tokens.
		const baseline = { tokens: 25, bytes: 100, chars: 100, droppedBytes: 0 };
		const parts = decompose({ tokens: 60, bytes: 240, chars: 80, droppedBytes: 0 }, baseline);
		// A quarter of a token per byte in both: the bytes of the script and the length account for the whole premium.
		expect(parts).toEqual({ premium: 2.4, bytesPerChar: 3, length: 0.8, tokensPerByte: 1 });
	});

	it('gives parts that multiply to the premium', () => {
		const size = fc.integer({ min: 1, max: 1e9 });
		const sizes = fc
			.tuple(size, size, size)
			.map(([tokens, bytes, chars]) => ({ tokens, bytes, chars, droppedBytes: 0 }));
		fc.assert(
			fc.property(sizes, sizes, (measure, baseline) => {
				const parts = decompose(measure, baseline);
				if (!parts) throw new Error('got none for texts that are not empty');
				const product = parts.bytesPerChar * parts.length * parts.tokensPerByte;
				// At most ten roundings of half a unit in the last place.
				expect(Math.abs(product / parts.premium - 1)).toBeLessThan(10 * Number.EPSILON);
			})
		);
	});

	it('is null if a text is empty, or dropped in part, which would look cheap', () => {
		const text = { tokens: 100, bytes: 300, chars: 300, droppedBytes: 1 };
		expect(decompose(text, text)?.premium).toBe(1);
		const empty = { tokens: 0, bytes: 0, chars: 0, droppedBytes: 0 };
		for (const other of [empty, { ...text, droppedBytes: 2 }]) {
			expect(decompose(other, text)).toBeNull();
			expect(decompose(text, other)).toBeNull();
		}
	});
});
describe('figures of a text', () => {
	it('are of its words and bytes', () => {
		const measure = measureOf(30, { words: 20, oneTokenWords: 15, bytes: 200, fallbackBytes: 50 });
		expect([fertility(measure), oneTokenShare(measure), fallbackShare(measure)]).toEqual([
			1.5, 0.75, 0.25
		]);
	});

	it('are null if words cannot be told apart, or there are none', () => {
		const unsegmented = measureOf(30, { words: null, oneTokenWords: null });
		expect([fertility(unsegmented), oneTokenShare(unsegmented)]).toEqual([null, null]);
		expect(fertility(measureOf(3, { words: 0 }))).toBeNull();
		expect(fallbackShare(measureOf(0, { bytes: 0 }))).toBe(0);
	});
});
