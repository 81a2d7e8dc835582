import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import {
	PICTURE_BOUNDARY,
	PICTURE_HUES,
	PICTURE_MARKED,
	PICTURE_QUIET,
	tokenPicture,
	type PictureSection
} from './token-picture';

const utf8 = (text: string) => new TextEncoder().encode(text);

function section(text: string | Uint8Array, ends: readonly number[], more = {}): PictureSection {
	return {
		name: 'gpt2',
		document: typeof text === 'string' ? utf8(text) : text,
		encoding: endingAt(...ends),
		differs: null,
		...more
	};
}

function sectionOf(...parts: string[]): PictureSection {
	let end = 0;
	const ends = parts.map((part) => (end += utf8(part).length));
	return section(parts.join(''), ends);
}

const count = (svg: string, pattern: RegExp) => [...svg.matchAll(pattern)].length;
/** Number of lines that span the full height of a token. */
const boundaries = (svg: string) =>
	[...svg.matchAll(/<line x1="([\d.]+)" y1="(\d+)" x2="([\d.]+)" y2="(\d+)"/g)].filter(
		([, x1, y1, x2, y2]) => x1 === x2 && Number(y2) - Number(y1) === 24
	).length;

it('draws each token with a boundary, its marks and the count', () => {
	const svg = tokenPicture('Two tokens', [section('a b\n', [1, 4])]);
	expect(boundaries(svg)).toBe(2);
	expect(svg).toContain('>2 tokens<');
	for (const text of ['a', '·', 'b', '↵']) expect(svg).toContain(`>${text}</text>`);
	expect(svg).toContain('<title>Two tokens</title>');
});

it('draws a split character once, above the bytes of each token', () => {
	const svg = tokenPicture('', [section('é好', [1, 5])]);
	expect(count(svg, />é<\/text>/g)).toBe(1);
	for (const byte of ['c3', 'a9']) expect(svg).toContain(`>${byte}</text>`);
	expect(svg).toContain('>好</text>');
	expect(svg).not.toContain('\ufffd');
});

it('marks differences only, with one highlight, and underlines a different id with dashes', () => {
	const differs = Uint8Array.of(0, 1, 2);
	const svg = tokenPicture('', [section('abc', [1, 2, 3], { differs })]);
	expect(count(svg, new RegExp(`fill="(${PICTURE_QUIET.join('|')})"`, 'g'))).toBe(1);
	expect(count(svg, new RegExp(`fill="(${PICTURE_MARKED.join('|')})"`, 'g'))).toBe(2);
	expect(count(svg, /stroke-width="2"\/>/g)).toBe(1);
	expect(count(svg, /stroke-dasharray/g)).toBe(1);
});

/** Drawn texts and their positions, from left to right and top to bottom. */
const placesOf = (svg: string) =>
	[...svg.matchAll(/<text x="([\d.]+)" y="(\d+)"[^>]*textLength[^>]*>([^<]*)</g)]
		.map(([, x, y, text]) => ({ x: Number(x), y: Number(y), text }))
		.sort((a, b) => a.y - b.y || a.x - b.x);

it('draws right-to-left text from the right, and numbers and English in it from the left', () => {
	const picture = tokenPicture('', [sectionOf('שלום ', 'עולם ', '12', ' ', 'ab', '\n', 'ab')]);
	const places = placesOf(picture);
	const [line, next] = [places.slice(0, -1), places.slice(-1)];
	expect(line.map(({ text }) => text)).toEqual(['↵', 'ab', '·', '12', '·', 'עולם', '·', 'שלום']);
	// Aligned to the right margin, and the next paragraph to the left one.
	expect(line.at(-1)?.x).toBeCloseTo(960 - 24 - 4 * 8.4, 0);
	expect(next[0]).toMatchObject({ x: 24, text: 'ab' });
});

it('draws right-to-left words in English from the right', () => {
	const places = placesOf(tokenPicture('', [sectionOf('ab ', 'של', 'ום', ' c')]));
	expect(places.map(({ text }) => text)).toEqual(['ab', '·', 'ום', 'של', '·', 'c']);
});

it('breaks lines inside the picture', () => {
	const text = 'x'.repeat(500);
	const svg = tokenPicture('', [section(text, [500])]);
	for (const [, x, width] of svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/g))
		expect(Number(x) + Number(width)).toBeLessThanOrEqual(936.1);
	expect(count(svg, /<rect x/g)).toBe(5);
});

it('draws the first tokens of a long text, and says how many are left out', () => {
	const svg = tokenPicture('', [sectionOf(...Array<string>(2000).fill('a'))]);
	expect(svg).toContain('>2,000 tokens<');
	expect(svg).toContain('and 500 more tokens');
});

it('has the colours of the page', () => {
	const css = readFileSync(new URL('../token/palette.css', import.meta.url), 'utf8');
	const light = (selector: string, name: string) =>
		new RegExp(`${selector} {[^}]*--${name}: light-dark\\((#\\w+),`).exec(css)?.[1];
	PICTURE_HUES.forEach((pair, hue) =>
		expect(pair).toEqual([light(`.h${hue}`, 'even'), light(`.h${hue}`, 'odd')])
	);
	expect(PICTURE_MARKED).toEqual([light('.marked', 'even'), light('.marked', 'odd')]);
	expect(PICTURE_QUIET).toEqual([light('.quiet', 'even'), light('.quiet', 'odd')]);
	expect(PICTURE_BOUNDARY).toBe(light(':root', 'token-border'));
});
