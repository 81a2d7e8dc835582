import fc from 'fast-check';
import { expect, it } from 'vitest';
import { premiumScale } from './premium-scale';

const tickRatios = (premiums: number[], log: boolean) =>
	premiumScale(premiums, log).ticks.map(({ ratio }) => ratio);

it('has evenly spaced powers of two if it is logarithmic', () => {
	const scale = premiumScale([1.01, 2.02, 16], true);
	expect(scale.ticks.map(({ ratio }) => ratio)).toEqual([1, 2, 4, 8, 16]);
	expect(scale.ticks.map(({ at }) => at)).toEqual([0, 0.25, 0.5, 0.75, 1]);
	expect(scale.at(2 * Math.SQRT2)).toBeCloseTo(0.375, 12);
});

it('starts below 1 if a language is cheaper than the baseline', () => {
	const scale = premiumScale([0.5 ** 0.5, 2], true);
	expect(scale.ticks.map(({ ratio }) => ratio)).toEqual([1, 2]);
	expect(scale.at(0.5 ** 0.5)).toBeCloseTo(0, 12);
	expect(scale.at(1)).toBeCloseTo(1 / 3, 12);
	expect(tickRatios([0.06, 15.7], true)).toEqual([0.0625, 0.125, 0.25, 0.5, 1, 2, 4, 8]);
});

it('starts at 0 and has round steps if it is linear', () => {
	const scale = premiumScale([0.9, 15.7], false);
	expect(scale.ticks.map(({ ratio }) => ratio)).toEqual([1, 2, 4, 6, 8, 10, 12, 14, 16]);
	expect(scale.at(4)).toBe(0.25);
	expect(tickRatios([1.2], false)).toEqual([0, 0.5, 1, 1.5]);
	expect(tickRatios([], false)).toEqual([0, 0.5, 1]);
	expect(tickRatios([], true)).toEqual([1, 2]);
});

it('holds every premium and 1, in order', () => {
	const premiums = fc.array(fc.double({ min: 0.01, max: 400, noNaN: true }), { minLength: 1 });
	fc.assert(
		fc.property(premiums, fc.boolean(), (list, log) => {
			const scale = premiumScale(list, log);
			const places = [...list, 1].toSorted((a, b) => a - b).map(scale.at);
			expect(places).toEqual(places.toSorted((a, b) => a - b));
			// Rounding may exceed an end by less than any pixel.
			expect(places[0]).toBeGreaterThan(-1e-9);
			expect(places[places.length - 1]).toBeLessThan(1 + 1e-9);
			expect(scale.ticks.length).toBeLessThanOrEqual(18);
		})
	);
});
