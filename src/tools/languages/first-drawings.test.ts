import { describe, expect, it } from 'vitest';
import { FLORES_COUNTS } from '../../lib/languages/flores-counts';
import { packedSpec } from '../vocabularies/pack';
import { declarations } from './declarations';
import { firstDrawings } from './first-drawings';

const texts = declarations().map(({ text }) => text);
const drawings = firstDrawings(texts, packedSpec);

describe('firstDrawings', () => {
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
