import { expect, it } from 'vitest';
import { curvePath, formatTick, ticks } from './curve';

const same = (value: number) => value;
const points = (path: string) =>
	path
		.split(/[ML]/)
		.slice(1)
		.map((pair) => pair.split(' ').map(Number));

it('goes through every value if there is room', () => {
	expect(curvePath(Float64Array.of(5, 3, 4), 10, same, same)).toBe('M0 5L1 3L2 4');
});

it('keeps a peak and a dip that last one step of 100,000', () => {
	const values = new Float64Array(100_000).fill(10);
	values[54_321] = 99;
	values[54_322] = -7;
	const drawn = points(curvePath(values, 300, same, same));
	expect(drawn.length).toBeLessThanOrEqual(600);
	expect(drawn).toContainEqual([54_321, 99]);
	expect(drawn).toContainEqual([54_322, -7]);
	const steps = drawn.map(([step]) => step);
	expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});

it.each([
	[100, 5, [0, 20, 40, 60, 80, 100]],
	[7936, 4, [0, 2000, 4000, 6000]],
	[3, 4, [0, 1, 2, 3]],
	[8287, 4, [0, 2500, 5000, 7500]],
	[1_204_113, 3, [0, 500_000, 1_000_000]]
])('ticks up to %d, at most %d', (high, count, expected) => {
	expect(ticks(high, count)).toEqual(expected);
});

it('abbreviates large numbers', () => {
	expect([0, 500, 2000, 1_500_000].map(formatTick)).toEqual(['0', '500', '2K', '1.5M']);
});
