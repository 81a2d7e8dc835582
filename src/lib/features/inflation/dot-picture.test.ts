import { expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { dotPicture } from './dot-picture';
import { premiumScale } from './premium-scale';

const TEXTS = {
	title: 'Tokens for the same text, English = 1',
	subtitle: '2 languages',
	tokenizers: ['a & b', 'c'],
	source: 'udhr'
};
const row = (name: string, ...premiums: (number | null)[]) => ({
	language: languageOf(name, name),
	premiums,
	dropped: premiums.map(() => false),
	measures: premiums.map(() => undefined)
});
const circles = (svg: string) =>
	[...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
		Number(x),
		Number(y)
	]);

it('puts a mark at its premium, with a label', () => {
	const rows = [row('Turkish', 4, 2), row('English', 1, 1)];
	const svg = dotPicture(rows, premiumScale([1, 2, 4], true), TEXTS);
	expect(svg).toMatch(/^<svg [^>]*width="960" height="204"/);
	// Two in the legend, then two per row. From 240 to 896 there are two octaves.
	expect(circles(svg).slice(2)).toEqual([
		[896, 123],
		[568, 123],
		[240, 145],
		[240, 145]
	]);
	expect(svg).toContain('>4.00</text>');
	expect(svg).toContain('>2.00</text>');
	expect(svg.match(/>1\.00</g)).toHaveLength(1);
});

it('labels the axis above, after every 40 rows, and below', () => {
	const rows = Array.from({ length: 81 }, (_, i) => row(`L${i}`, 1 + i / 81));
	const svg = dotPicture(rows, premiumScale([1, 2], true), { ...TEXTS, tokenizers: ['a'] });
	const axis = [...svg.matchAll(/<text x="240" y="([\d.]+)"[^>]*>1×</g)].map(([, y]) => Number(y));
	const names = [...svg.matchAll(/y="([\d.]+)"[^>]*>L(\d+)</g)].map(([, y]) => Number(y));
	expect(axis).toHaveLength(4);
	// Labels do not touch the rows around them, and rows keep their order.
	for (const y of axis) for (const name of names) expect(Math.abs(y - name)).toBeGreaterThan(12);
	expect(axis.map((y) => names.filter((name) => name < y).length)).toEqual([0, 40, 80, 81]);
	expect(names).toEqual(names.toSorted((a, b) => a - b));
});

it('gives each of more than two tokenizers an axis, with its name', () => {
	const texts = { ...TEXTS, tokenizers: ['a', 'b', 'c'] };
	const svg = dotPicture([row('Turkish', 4, 2, 1)], premiumScale([1, 4], true), texts);
	// 150 px each, 64 px for the labels between them.
	expect(circles(svg)).toEqual([
		[390, 123],
		[529, 123],
		[668, 123]
	]);
	expect(svg).toContain('width="882"');
	for (const name of ['a', 'b', 'c']) expect(svg).toContain(`>${name}</text>`);
});

it('keeps labels at the start of the axis apart from the names', () => {
	const svg = dotPicture([row('Chinese', 0.5, 2)], premiumScale([0.5, 2], true), TEXTS);
	const end = (word: string) =>
		Number(new RegExp(`<text x="([\\d.]+)"[^>]*text-anchor="end">${word}<`).exec(svg)?.[1]);
	// Four characters of 11 px are some 26 px wide.
	expect(end('0.50') - end('Chinese')).toBeGreaterThan(30);
});

it('draws no mark for a text that is dropped in part, and says so, or for one not measured', () => {
	const dropped = { ...row('Shan', null), dropped: [true] };
	const texts = { ...TEXTS, tokenizers: ['a'] };
	const svg = dotPicture([dropped, row('Burmese', null)], premiumScale([], true), texts);
	expect(circles(svg)).toHaveLength(1);
	expect(svg).toContain('∅ dropped in part');
	expect(svg).toContain('>Burmese<');
});
