import { describe, expect, it } from 'vitest';
import { wordPicture } from './word-picture';

describe('wordPicture', () => {
	const picture = wordPicture(
		'<&"草>',
		[
			{
				tokenizer: 'a<b',
				variant: 'alone',
				more: 3,
				tokens: [
					{ text: '<e8 8d>', id: 1, letters: 0 },
					{ text: 'berry', id: 15717, letters: 2 }
				]
			}
		],
		'r'
	);

	it('is self-contained: has sizes and generic fonts, and no style of the page', () => {
		expect(picture).toMatch(
			/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+"/
		);
		const fonts = new Set(
			Array.from(picture.matchAll(/font-family="([^"]+)"/g), ([, font]) => font)
		);
		expect([...fonts].sort()).toEqual(['monospace', 'sans-serif']);
		expect(picture).not.toMatch(/class=|style=|var\(|url\(/);
	});

	it('escapes typed text', () => {
		expect(picture).toContain('&lt;&amp;&quot;草&gt;');
		expect(picture).toContain('a&lt;b');
		expect(picture).toContain('&lt;e8 8d&gt;');
	});

	it('breaks a row that is wider than a slide, and leaves room for its lines', () => {
		const row = (count: number) => ({
			tokenizer: 'a',
			variant: 'alone',
			more: 0,
			tokens: Array.from({ length: count }, (_, id) => ({ text: 'straw', id, letters: 0 }))
		});
		const drawn = wordPicture('t', [row(40), row(1)], null);
		const sizes = /width="(\d+)" height="(\d+)"/.exec(drawn)?.slice(1).map(Number) ?? [];
		expect(sizes[0]).toBeLessThan(1280);
		const lines = new Set(Array.from(drawn.matchAll(/<rect x="[\d.]+" y="(\d+)"/g), ([, y]) => y));
		expect([...lines]).toEqual(['0', '74', '148', '222']);
		// The second row begins below the last line of the first.
		const tops = Array.from(drawn.matchAll(/translate\(24 (\d+)\)/g), ([, y]) => Number(y));
		expect(tops[1] - tops[0]).toBeGreaterThan(222 + 66);
		expect(sizes[1]).toBeGreaterThan(tops[1] + 66);
	});

	it('shows ids, letters and the number of tokens not drawn', () => {
		expect(picture).toContain('>15717');
		expect(picture).toContain('and 3 more');
	});
});
