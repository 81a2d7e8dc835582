import { describe, expect, it } from 'vitest';
import { measureOf } from '../../../../tests/support/inflation';
import { fallbackShare, fertility, oneTokenShare } from './text-figures';

describe('figures of a text', () => {
	it('are of its words and bytes', () => {
		const measure = measureOf(30, { words: 20, oneTokenWords: 15, bytes: 200, fallbackBytes: 50 });
		expect([fertility(measure), oneTokenShare(measure), fallbackShare(measure)]).toEqual([
			1.5, 0.75, 0.25
		]);
	});

	it('are left out where words cannot be told, or there are none', () => {
		const untold = measureOf(30, { words: null, oneTokenWords: null });
		expect([fertility(untold), oneTokenShare(untold)]).toEqual([null, null]);
		expect(fertility(measureOf(3, { words: 0 }))).toBeNull();
		expect(fallbackShare(measureOf(0, { bytes: 0 }))).toBe(0);
	});
});
