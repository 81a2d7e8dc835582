import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { endingAt } from '../../../../tests/support/fake-calls';
import type { DescribeToken } from '../../session/calls/token-details';
import { WordVariant } from './variants';
import { rowOf, type WordRow } from './word-row';
import WordTokens from './WordTokens.svelte';

/** A row of tokens that end at these bytes. */
function rowEndingAt(text: string, letter: string, ends: readonly number[]): WordRow {
	const variant = new WordVariant('alone', text);
	return rowOf({ variant, encoding: endingAt(...ends) }, { letter, caseRule: 'alike' });
}

async function draw(row: WordRow, letter: string | null = 'r', describe?: DescribeToken) {
	const onmove = vi.fn();
	const onfocusrange = vi.fn();
	const screen = await render(WordTokens, {
		row,
		label: 'berry',
		letter,
		focus: { start: 3, end: 4 },
		onfocusrange,
		onmove,
		describe
	});
	const tokens = () => [...screen.container.querySelectorAll<HTMLElement>('[data-token-id]')];
	return { screen, tokens, onmove, onfocusrange };
}

it('draws letters over their tokens, ids below, and counts the letter', async () => {
	const { tokens } = await draw(rowEndingAt('strawberry', 'r', [3, 5, 10]));
	expect(tokens().map((token) => token.getAttribute('aria-label'))).toEqual([
		'token "str", id 100, 1 × r',
		'token "aw", id 101, 0 × r',
		'token "berry", id 102, 2 × r'
	]);
	expect(tokens()[2].querySelector('.id')?.textContent).toBe('id 102');
	expect(tokens().map((token) => token.querySelectorAll('.match').length)).toEqual([1, 0, 2]);
	const { byteStart, byteEnd } = tokens()[2].dataset;
	expect([byteStart, byteEnd]).toEqual(['5', '10']);
	// Outlined, because it holds the linked bytes.
	const selected = tokens().map((token) => token.getAttribute('aria-selected'));
	expect(selected).toEqual(['false', 'true', 'false']);
});

it('shows a split character in slices with its bytes, and never as a replacement character', async () => {
	const { screen, tokens } = await draw(rowEndingAt('草r', '草', [2, 3, 4]), '草');
	const cells = tokens().map((token) => token.querySelector('.hex')?.textContent);
	expect(cells).toEqual(['e8 8d', '89', undefined]);
	const slices = tokens()
		.slice(0, 2)
		.map((token) => token.querySelector<HTMLElement>('.glyph')?.style.clipPath);
	expect(slices).toEqual(['inset(0px 50% 0px 0%)', 'inset(0px 0% 0px 50%)']);
	expect(screen.container.textContent).not.toContain('\ufffd');
});

it.each([
	[' a', '·'],
	['\u0301', '◌\u0301']
])('draws what is invisible in %j', async (text, glyph) => {
	const { tokens } = await draw(rowEndingAt(text, 'a', [2]));
	expect(tokens()[0].querySelector('.glyph')?.textContent).toBe(glyph);
});

it('draws a ▁ that the tokenizer puts before the text, and says how many tokens are not drawn', async () => {
	const { screen, tokens } = await draw({ ...rowEndingAt('ab', 'a', [0, 2]), more: 1234 });
	expect(tokens()[0].getAttribute('aria-label')).toBe('token "▁", id 100, 0 × r');
	expect(screen.container.textContent).toContain('and 1,234 more tokens, counted but not drawn');
});

it('is one tab stop; arrow keys move between tokens, and leave the row with the byte', async () => {
	const { tokens, onmove, onfocusrange } = await draw(rowEndingAt('strawberry', 'r', [3, 5, 10]));
	expect(tokens().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
	tokens()[0].focus();
	await userEvent.keyboard('{ArrowRight}');
	await expect.poll(() => document.activeElement).toBe(tokens()[1]);
	// Not the last call: the pointer of the browser may rest on another token.
	expect(onfocusrange).toHaveBeenCalledWith({ start: 3, end: 5 });
	await userEvent.keyboard('{ArrowDown}');
	expect(onmove).toHaveBeenLastCalledWith('down', 3);
	await userEvent.keyboard('{End}{ArrowRight}{Home}{ArrowLeft}');
	await expect.poll(() => document.activeElement).toBe(tokens()[0]);
});

it('shows the details of a token on Enter and on a click, and closes them on Esc', async () => {
	const bytes = new TextEncoder().encode('berry');
	const facts = { bytes, tree: null, merges: 0, counts: 'rank' } as const;
	const describe = vi.fn(() => Promise.resolve(facts));
	const row = rowEndingAt('strawberry', 'r', [3, 5, 10]);
	const { tokens, screen } = await draw(row, 'r', describe);
	const details = () => screen.container.querySelector('[data-token-popover]');
	const detail = (name: string) => details()?.querySelector(`[data-detail="${name}"]`);
	tokens()[2].focus();
	await userEvent.keyboard('{Enter}');
	// The details are loaded first.
	await expect.poll(() => detail('id')?.textContent, { timeout: 5000 }).toBe('102');
	expect(describe).toHaveBeenCalledWith(102, expect.anything());
	expect(detail('span')?.textContent).toContain('5');
	await userEvent.keyboard('{Escape}');
	await expect.poll(details).toBeNull();
	await userEvent.click(tokens()[0]);
	await expect.poll(() => detail('id')?.textContent).toBe('100');
});
