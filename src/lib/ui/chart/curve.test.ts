import { expect, it } from 'vitest';
import { curvePath } from './curve';

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
