import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { graphemesOf, matchesOf } from '../../tokenizers/graphemes';
import { gridOf } from './grid';
import type { WordRow } from './word-rows';
import WordTokens from './WordTokens.svelte';

/** A row of tokens that end at these bytes. */
function rowOf(text: string, letter: string, ends: readonly number[], more = 0): WordRow {
	const graphemes = graphemesOf(text);
	const matches = matchesOf(graphemes, letter, 'alike');
	const tokens = {
		ids: ends.map((_, i) => 100 + i),
		byteStarts: ends.map((_, i) => (i === 0 ? 0 : ends[i - 1])),
		byteEnds: ends
	};
	return {
		document: new TextEncoder().encode(text),
		graphemes: graphemes.texts,
		matches,
		tokens: gridOf(graphemes, tokens, matches, 100),
		more,
		lead: 0
	};
}

async function draw(row: WordRow, letter: string | null = 'r') {
	const onmove = vi.fn();
	const onfocusrange = vi.fn();
	const screen = await render(WordTokens, {
		row,
		label: 'berry',
		letter,
		focus: { start: 3, end: 4 },
		onfocusrange,
		onmove
	});
	const tokens = () => [...screen.container.querySelectorAll<HTMLElement>('[data-token-id]')];
	return { screen, tokens, onmove, onfocusrange };
}

describe('WordTokens', () => {
	it('draws letters over the tokens that hold them, ids below, and counts the letter', async () => {
		const { tokens } = await draw(rowOf('strawberry', 'r', [3, 5, 10]));
		expect(tokens().map((token) => token.getAttribute('aria-label'))).toEqual([
			'token "str", id 100, 1 × r',
			'token "aw", id 101, 0 × r',
			'token "berry", id 102, 2 × r'
		]);
		expect(tokens().map((token) => token.querySelector('.id')?.textContent)).toEqual([
			'100',
			'101',
			'102'
		]);
		expect(tokens().map((token) => token.querySelectorAll('.asked').length)).toEqual([1, 0, 2]);
		expect(tokens()[2].dataset.byteStart).toBe('5');
		expect(tokens()[2].dataset.byteEnd).toBe('10');
	});

	it('shows a cut character in slices with its bytes, and never as a replacement character', async () => {
		const { screen, tokens } = await draw(rowOf('草r', '草', [2, 3, 4]), '草');
		const cells = tokens().map((token) => token.querySelector('.hex')?.textContent);
		expect(cells).toEqual(['e8 8d', '89', undefined]);
		const slices = tokens()
			.slice(0, 2)
			.map((token) => token.querySelector<HTMLElement>('.glyph')?.style.clipPath);
		expect(slices).toEqual(['inset(0px 50% 0px 0%)', 'inset(0px 0% 0px 50%)']);
		expect(screen.container.textContent).not.toContain('\ufffd');
	});

	it('draws a space as a mark, and a lone mark on a circle', async () => {
		const { tokens } = await draw(rowOf(' a', 'a', [2]));
		expect(tokens()[0].querySelector('.glyph')?.textContent).toBe('·');
		const lone = await draw(rowOf('\u0301', 'a', [2]));
		expect(lone.tokens()[0].querySelector('.glyph')?.textContent).toBe('◌\u0301');
	});

	it('draws the ▁ that stands before a text without being in it', async () => {
		const { tokens } = await draw(rowOf('ab', 'a', [0, 2]));
		expect(tokens()[0].getAttribute('aria-label')).toBe('token "▁", id 100, 0 × r');
	});

	it('says how many tokens are not drawn', async () => {
		const { screen } = await draw(rowOf('ab', 'a', [1, 2], 1234));
		expect(screen.container.textContent).toContain('and 1,234 more tokens, counted but not drawn');
	});

	it('outlines the tokens that hold the linked bytes', async () => {
		const { tokens } = await draw(rowOf('strawberry', 'r', [3, 5, 10]));
		expect(tokens().map((token) => token.getAttribute('aria-selected'))).toEqual([
			'false',
			'true',
			'false'
		]);
	});

	it('is one tab stop; arrows walk, and leave the row with the byte', async () => {
		const { tokens, onmove, onfocusrange } = await draw(rowOf('strawberry', 'r', [3, 5, 10]));
		expect(tokens().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
		tokens()[0].focus();
		await userEvent.keyboard('{ArrowRight}');
		await expect.poll(() => document.activeElement).toBe(tokens()[1]);
		expect(onfocusrange).toHaveBeenLastCalledWith({ start: 3, end: 5 });
		await userEvent.keyboard('{ArrowDown}');
		expect(onmove).toHaveBeenLastCalledWith('down', 3);
		await userEvent.keyboard('{End}{ArrowRight}{Home}{ArrowLeft}');
		await expect.poll(() => document.activeElement).toBe(tokens()[0]);
	});
});
