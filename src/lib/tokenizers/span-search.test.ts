import { describe, expect, it } from 'vitest';
import { spanAfter, spanBefore, spanCount } from './span-search';

describe('walking differences', () => {
	const differences = Uint32Array.of(2, 5, 5, 6, 9, 12);

	it('counts them', () => {
		expect(spanCount(differences)).toBe(3);
		expect(spanCount(new Uint32Array(0))).toBe(0);
	});

	it('steps forward from before the text to the last span and no further', () => {
		const walked: number[] = [];
		for (let byte = -1; ;) {
			const span = spanAfter(differences, byte);
			if (span < 0) break;
			walked.push(span);
			byte = differences[2 * span];
		}
		expect(walked).toEqual([0, 1, 2]);
	});

	it('steps back from anywhere', () => {
		expect([100, 9, 5, 2, 0].map((byte) => spanBefore(differences, byte))).toEqual([
			2, 1, 0, -1, -1
		]);
	});
});
