import { describe, expect, it } from 'vitest';
import { prerender } from '../../../tools/prerender';
import { FLORES_COUNTS } from '../../languages/flores-counts';
import { prerenderInflation } from './prerender';

const prerendered = prerender(prerenderInflation);

describe('prerenderInflation', () => {
	it('encodes only the first article, in both languages', () => {
		const [english, turkish] = prerendered.article.map(({ text }) => text);
		expect(english).toMatch(/^All human beings are born free .* brotherhood\.$/);
		expect(turkish).toMatch(/^Bütün insanlar hür, .* hareket etmelidirler\.$/);
	});

	it('encodes a word and its English as in a sentence', () => {
		expect(prerendered.word.map(({ text }) => text)).toEqual([
			' evlerimizdekilerden',
			' from those in our houses'
		]);
		expect(prerendered.word[1].encoding.ids).toHaveLength(5);
	});

	it('compares every language with published counts', () => {
		expect(prerendered.flores.languages).toBe(Object.keys(FLORES_COUNTS).length - 1);
		expect(prerendered.flores.correlation).toBeGreaterThan(0.8);
	});
});
