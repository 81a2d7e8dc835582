import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { dotPicture } from './dot-picture';
import { ratioScale } from './ratio-scale';

const WORDS = {
	title: 'Tokens for the same text, English = 1',
	subtitle: '2 languages',
	tokenizers: ['a & b', 'c'],
	source: 'udhr'
};
const row = (name: string, ...ratios: (number | null)[]) => ({
	language: languageOf(name, name),
	ratios,
	dropped: ratios.map(() => false),
	tokens: ratios
});
const circles = (svg: string) =>
	[...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
		Number(x),
		Number(y)
	]);

describe('dotPicture', () => {
	it('puts a mark where the axis has the ratio, and says it', () => {
		const rows = [row('Turkish', 4, 2), row('English', 1, 1)];
		const svg = dotPicture(rows, ratioScale([1, 2, 4], true), WORDS);
		// Two of the legend, then two a row: from 210 to 896 there are two octaves.
		expect(circles(svg).slice(2)).toEqual([
			[896, 103],
			[553, 103],
			[210, 125],
			[210, 125]
		]);
		expect(svg).toContain('>4.00</text>');
		expect(svg).toContain('>2.00</text>');
		expect(svg.match(/>1\.00</g)).toHaveLength(1);
	});

	it('is a document of its own: a size, no reference, names escaped', () => {
		const svg = dotPicture([row('<b>"', 1)], ratioScale([1], true), WORDS);
		expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="960" height="154"/);
		expect(svg).toContain('a &amp; b');
		expect(svg).toContain('&lt;b&gt;&quot;');
		expect(svg).not.toMatch(/href|url\(|<style/);
	});

	it('names a language that is not measured, without a mark', () => {
		const svg = dotPicture([row('Shan', null)], ratioScale([], true), WORDS);
		expect(circles(svg)).toHaveLength(2);
		expect(svg).toContain('>Shan<');
	});
});
