import { describe, expect, it } from 'vitest';
import { rankCorrelation } from './rank-correlation';

describe('rankCorrelation', () => {
	it('looks at the order alone', () => {
		expect(rankCorrelation([1, 2, 3, 4], [10, 100, 1000, 1e9])).toBeCloseTo(1, 12);
		expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1, 12);
	});

	it('gives the figure of the worked example of IQ and hours of television', () => {
		// Wikipedia, Spearman's rank correlation coefficient: −29/165.
		const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
		const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
		expect(rankCorrelation(iq, hours)).toBeCloseTo(-29 / 165, 12);
	});

	it('lets equal values share a rank', () => {
		// Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: 4.5 / sqrt(4.5 · 5).
		expect(rankCorrelation([1, 5, 5, 9], [1, 2, 3, 4])).toBeCloseTo(Math.sqrt(0.9), 12);
	});

	it('is null without an order, and refuses lists that do not match', () => {
		expect(rankCorrelation([], [])).toBeNull();
		expect(rankCorrelation([1], [1])).toBeNull();
		expect(rankCorrelation([2, 2], [1, 3])).toBeNull();
		expect(() => rankCorrelation([1], [1, 2])).toThrow('got lists of 1 and 2 values');
	});
});
