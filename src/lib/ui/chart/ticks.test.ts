import { expect, it } from 'vitest';
import { formatTick, ticks } from './ticks';

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
