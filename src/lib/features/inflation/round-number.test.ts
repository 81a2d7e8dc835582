import { expect, it } from 'vitest';
import { nextRoundNumber } from './round-number';

it('rounds up to 1, 2 or 5 times a power of ten', () => {
	expect([1, 2, 3, 6, 5000, 5001, 32_000, 1e9].map(nextRoundNumber)).toEqual([
		1, 2, 5, 10, 5000, 10_000, 50_000, 1e9
	]);
});
