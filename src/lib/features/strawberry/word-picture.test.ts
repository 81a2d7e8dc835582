import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { WordVariant } from './variants';
import { HEIGHT, WIDTH, wordPicture } from './word-picture';
import { rowOf } from './word-row';

/** A row of the word whose tokens end at these bytes. */
function row(word: string, ends: readonly number[], name = 'a<b') {
	const variant = new WordVariant('alone', word);
	const drawn = rowOf({ variant, encoding: endingAt(...ends) }, { letter: 'r', caseRule: 'alike' });
	const form = { form: 'alone', ...drawn };
	return { name, forms: [form, form] };
}

/** Everything that is drawn, as `[x, y, width, height]` of a box or `[x, y]` of the end of a line of text. */
const boxes = (svg: string): number[][] =>
	Array.from(
		svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g),
		(found) => found.slice(1).map(Number)
	);
const sizes = (svg: string): number[] =>
	Array.from(svg.matchAll(/text-anchor="middle"[^>]*font-size="([\d.]+)"/g), ([, size]) =>
		Number(size)
	);

describe('wordPicture', () => {
	it('is a slide of 16:9, self-contained, with generic fonts and no style of the page', () => {
		const picture = wordPicture('t', [row('strawberry', [3, 5, 10])]);
		expect(WIDTH / HEIGHT).toBe(16 / 9);
		expect(picture).toContain(
			`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"`
		);
		const fonts = new Set(
			Array.from(picture.matchAll(/font-family="([^"]+)"/g), ([, font]) => font)
		);
		expect([...fonts].sort()).toEqual(['monospace', 'sans-serif']);
		expect(picture).not.toMatch(/class=|style=|var\(|url\(/);
	});

	it('marks the letter, and shows ids that can be read', () => {
		const picture = wordPicture('t', [row('strawberry', [3, 5, 10])]);
		expect(picture.match(/font-weight="bold" fill="#3b5bdb">r</g)).toHaveLength(6);
		expect(picture).toContain('>id 102<');
		expect(Math.min(...sizes(picture))).toBeGreaterThan(30);
	});

	it('draws a short word in four tokenizers for the back row, and its forms side by side', () => {
		const drawn = wordPicture(
			't',
			Array.from({ length: 4 }, () => row('strawberry', [3, 5, 10]))
		);
		expect(Math.max(...sizes(drawn))).toBeGreaterThanOrEqual(64);
		const tops = new Set(
			boxes(drawn)
				.filter(([, , width, height]) => width > height)
				.map(([, y]) => y)
		);
		expect(drawn.match(/>id 100</g)).toHaveLength(8);
		// The background, one line per tokenizer, and one for the marks of each.
		expect(tops.size).toBe(1 + 4 + 4);
	});

	it('escapes typed text, and shows a split letter by its bytes', () => {
		const picture = wordPicture('<&"草>', [row('<草', [1, 3, 4])]);
		expect(picture).toContain('&lt;&amp;&quot;草&gt;');
		expect(picture).toContain('a&lt;b');
		expect(picture).toContain('>&lt;e8 8d&gt;<');
	});

	it('is smaller for more rows and longer words, and keeps every token on the slide', () => {
		const long = 'straw'.repeat(40);
		const ends = Array.from({ length: 40 }, (_, i) => 5 * (i + 1));
		const rows = Array.from({ length: 8 }, () => row(long, ends));
		const drawn = wordPicture('t', rows);
		for (const [x, y, width, height] of boxes(drawn)) {
			expect(x + width).toBeLessThanOrEqual(WIDTH);
			expect(y + height).toBeLessThanOrEqual(HEIGHT);
		}
		expect(Math.max(...sizes(drawn))).toBeLessThan(
			Math.max(...sizes(wordPicture('t', [row(long, ends)])))
		);
	});

	it('says how many tokens are not drawn', () => {
		const { name, forms } = row('straw', [5]);
		const cut = { name, forms: forms.map((form) => ({ ...form, more: 3 })) };
		expect(wordPicture('t', [cut])).toContain('and 3 more');
	});
});
