import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(new URL('palette.css', import.meta.url), 'utf8');
const THEMES = ['light', 'dark'] as const;
/** Background of the cards, which is adjacent to the first and last token of a line. */
const CARD = { light: '#ffffff', dark: '#1a1a1d' };

/** Colours of the variables whose name matches, in one theme. */
function coloursOf(name: RegExp, theme: (typeof THEMES)[number]): readonly string[] {
	return [...CSS.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\);/g)]
		.filter(([, found]) => name.test(found))
		.map(([, , light, dark]) => (theme === 'light' ? light : dark));
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
	const [red, green, blue] = [1, 3, 5].map((at) => {
		const value = parseInt(colour.slice(at, at + 2), 16) / 255;
		return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
	const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
	return (light + 0.05) / (dark + 0.05);
}

describe.each(THEMES)('the palette in the %s theme', (theme) => {
	const backgrounds = coloursOf(/^(even|odd)$/, theme);
	const [boundary] = coloursOf(/^token-border$/, theme);
	const [text] = coloursOf(/^token-text$/, theme);

	it('has two lightnesses of six hues, of grey and of the highlight', () => {
		expect(backgrounds).toHaveLength(16);
	});

	it('draws a boundary with a contrast of at least 3 with every neighbour', () => {
		for (const background of [...backgrounds, CARD[theme]])
			expect(contrast(boundary, background), background).toBeGreaterThanOrEqual(3);
	});

	it('draws text with a contrast of at least 7 on every token', () => {
		for (const background of backgrounds)
			expect(contrast(text, background), background).toBeGreaterThanOrEqual(7);
	});
});
