import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairness } from './fairness';

/** The definition, literally. */
function giniOfPairs(premiums: readonly number[]): number {
	const n = premiums.length;
	const mean = premiums.reduce((sum, premium) => sum + premium, 0) / n;
	const differences = premiums.flatMap((a) => premiums.map((b) => Math.abs(a - b)));
	return differences.reduce((sum, difference) => sum + difference, 0) / (n * n) / (2 * mean);
}

const premiums = fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), {
	minLength: 1,
	maxLength: 40
});

describe('fairness', () => {
	it('gives the figures of a worked example', () => {
		// Rising: 1 2 3 4 10, mean 4. Differences of the ten pairs: 1 2 3 9 1 2 8 1 7 6, together 40;
		// every pair twice over 25, 80 / 25 = 3.2; over twice the mean, 0.4.
		expect(fairness([4, 10, 1, 3, 2])).toEqual({
			languages: 5,
			median: 3,
			worst: 10,
			worstAt: 1,
			above2: 0.6,
			above4: 0.2,
			gini: 0.4
		});
	});

	it('takes the mean of the two in the middle of an even number, and the first of equal worst ones', () => {
		expect(fairness([1, 5, 5, 2])).toMatchObject({ median: 3.5, worst: 5, worstAt: 1 });
	});

	it('calls equal premiums perfectly even', () => {
		expect(fairness([3, 3, 3])).toMatchObject({ median: 3, worst: 3, gini: 0 });
	});

	it('approaches 1 if one language bears nearly all', () => {
		// n equal small ones and a large one: n / (n + 1) in the limit.
		const one = [...Array.from({ length: 99 }, () => 1e-9), 1];
		expect(fairness(one)?.gini).toBeCloseTo(0.99, 6);
	});

	it('is the mean difference of all pairs over twice the mean', () => {
		fc.assert(
			fc.property(premiums, (list) => {
				expect(fairness(list)?.gini).toBeCloseTo(giniOfPairs(list), 9);
			})
		);
	});

	it('has a Gini that the choice of the baseline does not change', () => {
		fc.assert(
			fc.property(premiums, fc.double({ min: 0.1, max: 10, noNaN: true }), (list, baseline) => {
				const against = fairness(list.map((premium) => premium / baseline));
				expect(against?.gini).toBeCloseTo(fairness(list)?.gini ?? NaN, 9);
			})
		);
	});

	it('is null without premiums', () => {
		expect(fairness([])).toBeNull();
	});
});
