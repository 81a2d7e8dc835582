import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { endingAt } from '../../../../tests/support/fake-calls';
import type { DescribeToken } from '../../session/calls/token-details';
import { WordVariant } from './variants';
import { layOut } from './word-layout';
import WordTokens from './WordTokens.svelte';

/** The row of a word on its own, whose tokens end at these bytes. In a sentence, the word is one token. */
async function draw(
	word: string,
	ends: readonly number[],
	letter: string | null = 'r',
	describe?: DescribeToken
) {
	const found = { variant: new WordVariant('typed', 'alone', word), encoding: endingAt(...ends) };
	const sentence = {
		variant: new WordVariant('typed', 'sentence', word),
		encoding: { ...endingAt((ends.at(-1) ?? 0) + 1), ids: Uint32Array.of(500) }
	};
	const onmove = vi.fn();
	const onfocusrange = vi.fn();
	const screen = await render(WordTokens, {
		found,
		segments: layOut(found, sentence),
		query: letter === null ? null : { letter, caseRule: 'alike' },
		label: 'on its own',
		focus: { start: 3, end: 4 },
		onfocusrange,
		onmove,
		describe
	});
	const tokens = () => [...screen.container.querySelectorAll<HTMLElement>('[data-token-id]')];
	return { screen, tokens, onmove, onfocusrange };
}

it('draws the ids, and names each with its text and the letter', async () => {
	const { tokens } = await draw('strawberry', [3, 5, 10]);
	expect(tokens().map(({ textContent }) => textContent)).toEqual(['100', '101', '102']);
	expect(tokens().map((token) => token.getAttribute('aria-label'))).toEqual([
		'id 100, token "str", 1 × r',
		'id 101, token "aw", 0 × r',
		'id 102, token "berry", 2 × r'
	]);
	const { byteStart, byteEnd } = tokens()[2].dataset;
	expect([byteStart, byteEnd]).toEqual(['5', '10']);
	// Outlined, because it contains the linked bytes.
	const selected = tokens().map((token) => token.getAttribute('aria-selected'));
	expect(selected).toEqual(['false', 'true', 'false']);
});

it('names a token with a part of a character by its bytes', async () => {
	const { screen, tokens } = await draw('草r', [2, 3, 4], null);
	expect(tokens().map((token) => token.getAttribute('aria-label'))).toEqual([
		'id 100, token "<e8 8d>"',
		'id 101, token "<89>"',
		'id 102, token "r"'
	]);
	expect(screen.container.innerHTML).not.toContain('\ufffd');
});

it('continues a token in the next segment, and says how many are not drawn', async () => {
	const { screen, tokens } = await draw('r'.repeat(200), [100, 150, 170, 200]);
	expect(tokens()).toHaveLength(3);
	expect(screen.container.querySelectorAll('.rest').length).toBeGreaterThan(3);
	expect(screen.container.textContent).toContain('and 1 more token, not drawn');
});

it('is one tab stop; arrow keys move between tokens, and leave the row with the byte', async () => {
	const { tokens, onmove, onfocusrange } = await draw('strawberry', [3, 5, 10]);
	expect(tokens().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
	tokens()[0].focus();
	await userEvent.keyboard('{ArrowRight}');
	await expect.poll(() => document.activeElement).toBe(tokens()[1]);
	// Not the last call, because the browser's pointer may be over a different token.
	expect(onfocusrange).toHaveBeenCalledWith({ start: 3, end: 5 });
	await userEvent.keyboard('{ArrowDown}');
	expect(onmove).toHaveBeenLastCalledWith('down', 3);
	await userEvent.keyboard('{End}{ArrowRight}{Home}{ArrowLeft}');
	await expect.poll(() => document.activeElement).toBe(tokens()[0]);
});

it('shows the details of a token with its letters on Enter and on a click, and closes them on Esc', async () => {
	const bytes = new TextEncoder().encode('berry');
	const facts = { bytes, tree: null, merges: 0, counts: 'rank' } as const;
	const describe = vi.fn(() => Promise.resolve(facts));
	const { tokens, screen } = await draw('strawberry', [3, 5, 10], 'r', describe);
	const details = () => screen.container.querySelector('[data-token-popover]');
	const detail = (name: string) => details()?.querySelector(`[data-detail="${name}"]`);
	tokens()[2].focus();
	await userEvent.keyboard('{Enter}');
	// The details are loaded first.
	await expect.poll(() => detail('id')?.textContent, { timeout: 5000 }).toBe('102');
	expect(describe).toHaveBeenCalledWith(102, expect.anything());
	expect(detail('span')?.textContent).toContain('5');
	expect(detail('letters')?.textContent).toBe('2 × r');
	await userEvent.keyboard('{Escape}');
	await expect.poll(details).toBeNull();
	await userEvent.click(tokens()[0]);
	await expect.poll(() => detail('id')?.textContent).toBe('100');
});
