import { describe, expect, it } from 'vitest';
import { placeAfter, placeBefore, placeCount } from './places';

describe('walking places', () => {
	const places = Uint32Array.of(2, 5, 5, 6, 9, 12);

	it('counts them', () => {
		expect(placeCount(places)).toBe(3);
		expect(placeCount(new Uint32Array(0))).toBe(0);
	});

	it('steps forward from before the text to the last place and no further', () => {
		const walked: number[] = [];
		for (let byte = -1; ;) {
			const place = placeAfter(places, byte);
			if (place < 0) break;
			walked.push(place);
			byte = places[2 * place];
		}
		expect(walked).toEqual([0, 1, 2]);
	});

	it('steps back from anywhere', () => {
		expect([100, 9, 5, 2, 0].map((byte) => placeBefore(places, byte))).toEqual([2, 1, 0, -1, -1]);
	});
});
