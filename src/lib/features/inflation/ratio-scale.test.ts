import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratioScale } from './ratio-scale';

const tickRatios = (ratios: number[], log: boolean) =>
	ratioScale(ratios, log).ticks.map(({ ratio }) => ratio);

describe('ratioScale', () => {
	it('has powers of two where it is logarithmic, the same way apart', () => {
		const scale = ratioScale([1.01, 2.02, 16], true);
		expect(scale.ticks.map(({ ratio }) => ratio)).toEqual([1, 2, 4, 8, 16]);
		expect(scale.ticks.map(({ at }) => at)).toEqual([0, 0.25, 0.5, 0.75, 1]);
		expect(scale.at(2 * Math.SQRT2)).toBeCloseTo(0.375, 12);
	});

	it('begins below 1 where a language is cheaper than the baseline', () => {
		const scale = ratioScale([0.5 ** 0.5, 2], true);
		expect(scale.ticks.map(({ ratio }) => ratio)).toEqual([1, 2]);
		expect(scale.at(0.5 ** 0.5)).toBeCloseTo(0, 12);
		expect(scale.at(1)).toBeCloseTo(1 / 3, 12);
		expect(tickRatios([0.06, 15.7], true)).toEqual([0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8]);
	});

	it('begins at nothing where it is linear, and has round steps', () => {
		const scale = ratioScale([0.9, 15.7], false);
		expect(scale.ticks.map(({ ratio }) => ratio)).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16]);
		expect(scale.at(4)).toBe(0.25);
		expect(tickRatios([1.2], false)).toEqual([0, 0.5, 1, 1.5]);
	});

	it('stands without ratios', () => {
		expect(tickRatios([], true)).toEqual([1, 2]);
		expect(tickRatios([], false)).toEqual([0, 0.5, 1]);
	});

	it('holds every ratio and 1, in their order', () => {
		const ratios = fc.array(fc.double({ min: 0.01, max: 400, noNaN: true }), { minLength: 1 });
		fc.assert(
			fc.property(ratios, fc.boolean(), (list, log) => {
				const scale = ratioScale(list, log);
				const places = [...list, 1].toSorted((a, b) => a - b).map(scale.at);
				expect(places).toEqual(places.toSorted((a, b) => a - b));
				// Rounding may lead past an end by less than any pixel.
				expect(places[0]).toBeGreaterThan(-1e-9);
				expect(places[places.length - 1]).toBeLessThan(1 + 1e-9);
				expect(scale.ticks.length).toBeLessThanOrEqual(18);
			})
		);
	});
});
