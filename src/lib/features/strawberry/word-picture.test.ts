import { expect, it } from 'vitest';
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

it('is a slide of 16:9 with generic fonts', () => {
	const picture = wordPicture('t', [row('strawberry', [3, 5, 10])]);
	expect(WIDTH / HEIGHT).toBe(16 / 9);
	expect(picture).toContain(`width="${WIDTH}" height="${HEIGHT}"`);
	const fonts = Array.from(picture.matchAll(/font-family="([^"]+)"/g), ([, font]) => font);
	expect(new Set(fonts)).toEqual(new Set(['monospace', 'sans-serif']));
});

it('marks the letter, shows ids that can be read, and says how many tokens are not drawn', () => {
	const { name, forms } = row('strawberry', [3, 5, 10]);
	const picture = wordPicture('t', [{ name, forms: forms.map((form) => ({ ...form, more: 3 })) }]);
	expect(picture.match(/font-weight="bold" fill="#3b5bdb">r</g)).toHaveLength(6);
	expect(picture).toContain('>id 102<');
	expect(picture).toContain('and 3 more');
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

it('shows a split letter by its bytes', () => {
	expect(wordPicture('t', [row('草', [2, 3])])).toContain('>&lt;e8 8d&gt;<');
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
