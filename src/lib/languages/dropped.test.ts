import { describe, expect, it } from 'vitest';
import { measureOf } from '../../../tests/support/inflation';
import { isLossless, coverageOf, describeExcluded } from './dropped';

describe('isLossless', () => {
	it('allows one dropped byte per hundred tokens, but no more', () => {
		expect(isLossless({ tokens: 0, droppedBytes: 0 })).toBe(true);
		expect(isLossless({ tokens: 1000, droppedBytes: 10 })).toBe(true);
		expect(isLossless({ tokens: 1000, droppedBytes: 11 })).toBe(false);
		expect(isLossless({ tokens: 0, droppedBytes: 1 })).toBe(false);
	});
});

describe('describeExcluded', () => {
	const names = { tokenizer: 'mine', baseline: 'English' };
	const whole = measureOf(100);
	const dropped = measureOf(3, { droppedBytes: 60 });

	it('is null, or says how many languages are excluded, or that there are no premiums', () => {
		expect(describeExcluded(coverageOf([whole, whole], whole), names)).toBeNull();
		expect(describeExcluded(coverageOf([whole, dropped, dropped], whole), names)).toBe(
			'mine has no tokens for part of the text in 2 of 3 languages, and drops it. They would look cheap, so they have no ratio.'
		);
		expect(describeExcluded(coverageOf([whole, dropped], dropped), names)).toContain(
			'in English, the baseline, and drops it, so there are no ratios'
		);
	});
});
