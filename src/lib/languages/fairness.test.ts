import { expect, it } from 'vitest';
import { fairness } from './fairness';

it('gives the figures of a worked example', () => {
	expect(fairness([4, 10, 1, 3, 2])).toEqual({
		languages: 5,
		median: 3,
		worst: 10,
		worstAt: 1,
		above2: 0.6,
		above4: 0.2
	});
});

it('takes the mean of the two in the middle and the first of equal worst ones, and is null without premiums', () => {
	expect(fairness([1, 5, 5, 2])).toMatchObject({ median: 3.5, worst: 5, worstAt: 1 });
	expect(fairness([])).toBeNull();
});
