import { describe, expect, it } from 'vitest';
import { prerender } from '../../../tools/prerender';
import { FLORES_COUNTS } from '../../languages/flores-counts';
import { prerenderInflation } from './prerender';

const drawings = prerender(prerenderInflation);

describe('prerenderInflation', () => {
	it('draws the first article alone, in both languages', () => {
		const [english, turkish] = drawings.article.map(({ text }) => text);
		expect(english).toMatch(/^All human beings are born free .* brotherhood\.$/);
		expect(turkish).toMatch(/^Bütün insanlar hür, .* hareket etmelidirler\.$/);
	});

	it('draws a word as it stands in a sentence, beside its English', () => {
		expect(drawings.word.map(({ text }) => text)).toEqual([
			' evlerimizdekilerden',
			' from those in our houses'
		]);
		expect(drawings.word[1].encoding.ids).toHaveLength(5);
	});

	it('compares every language that the published counts name', () => {
		expect(drawings.flores.languages).toBe(Object.keys(FLORES_COUNTS).length - 1);
		expect(drawings.flores.correlation).toBeGreaterThan(0.8);
	});
});
