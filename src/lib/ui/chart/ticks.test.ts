import { describe, expect, it } from 'vitest';
import { formatTick, linear, ticks } from './ticks';

describe('ticks', () => {
	it.each([
		[0, 100, 5, [0, 20, 40, 60, 80, 100]],
		[0, 7936, 4, [0, 2000, 4000, 6000]],
		[0, 3, 4, [0, 1, 2, 3]],
		[0, 8287, 4, [0, 2500, 5000, 7500]],
		[12, 41, 3, [20, 30, 40]],
		[5, 5, 4, [5]],
		[0, 1_204_113, 3, [0, 500_000, 1_000_000]]
	])('from %d to %d, at most %d steps', (low, high, most, expected) => {
		expect(ticks(low, high, most)).toEqual(expected);
	});
});

describe('linear', () => {
	it('maps ends to ends, also upside down', () => {
		const y = linear([0, 10], [100, 20]);
		expect([y(0), y(5), y(10)]).toEqual([100, 60, 20]);
	});

	it('puts a single value in the middle', () => {
		expect(linear([3, 3], [0, 8])(3)).toBe(4);
	});
});

it('writes large numbers short', () => {
	expect([0, 500, 2000, 1_500_000].map(formatTick)).toEqual(['0', '500', '2K', '1.5M']);
});
