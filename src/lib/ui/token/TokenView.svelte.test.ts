import { tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { copyAll } from '../../../../tests/support/copied';
import { PLAIN_VIEW, tokensOfLengths } from '../../../../tests/support/encodings';
import TokenView from './TokenView.svelte';

const utf8 = (text: string) => new TextEncoder().encode(text);

const defaults = { ...PLAIN_VIEW, label: 'Tokens of test', focus: null };

/** "un cafe\u0301 👩‍🚀\r\n", split inside the emoji and before the accent. */
const TEXT = 'un cafe\u0301 👩\u200d🚀\r\n\0';
const LENGTHS = [2, 5, 2, 4, 4, 4, 3];

interface Exports {
	focusAtByte(byte: number): Promise<void>;
	scrollToByte(byte: number): Promise<void>;
}

async function mountView(more: Record<string, unknown> = {}) {
	const props = { ...defaults, document: utf8(TEXT), encoding: tokensOfLengths(LENGTHS), ...more };
	const screen = await render(TokenView, props);
	const root = screen.container.querySelector<HTMLElement>('[role=listbox]');
	if (!root) throw new Error('no listbox');
	const tokens = () => Array.from(root.querySelectorAll<HTMLElement>('[data-token-id]'));
	const component = screen.component as Exports;
	return { ...screen, component, root, tokens };
}

describe('TokenView', () => {
	it('tells the bytes under the pointer, again after the text has changed, and that it left', async () => {
		const onfocusrange = vi.fn();
		const { tokens, root, rerender } = await mountView({ onfocusrange });
		const move = () =>
			tokens()[1].dispatchEvent(
				new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' })
			);
		move();
		move();
		await rerender({ encoding: tokensOfLengths([3, 4, 2, 4, 4, 4, 3]) });
		move();
		root.dispatchEvent(new PointerEvent('pointerleave'));
		expect(onfocusrange.mock.calls).toEqual([
			[{ start: 2, end: 7 }],
			[{ start: 3, end: 7 }],
			[null]
		]);
	});

	it('copies the original, CR and NUL included', async () => {
		const { root } = await mountView();
		expect(copyAll(root)).toBe(TEXT);
	});

	it('separates ids and bytes by spaces', async () => {
		const { root, rerender } = await mountView({
			document: utf8('a€'),
			encoding: tokensOfLengths([1, 3])
		});
		await rerender({ display: 'ids' });
		expect(root.textContent?.trim()).toBe('100 101');
		await rerender({ display: 'bytes' });
		expect(root.textContent?.trim()).toBe('61 e2 82 ac');
	});

	it('outlines the tokens that overlap linked bytes and keeps the colours of all', async () => {
		const { tokens, rerender } = await mountView({ differs: Uint8Array.of(0, 1, 1, 1, 0, 0, 0) });
		const colours = () => tokens().map((token) => getComputedStyle(token).backgroundColor);
		const before = colours();
		await rerender({ focus: { start: 6, end: 8 } });
		await tick();
		expect(tokens().map((token) => token.hasAttribute('data-linked'))).toEqual(
			[0, 1, 1, 0, 0, 0, 0].map(Boolean)
		);
		expect(tokens()[1].ariaSelected).toBe('true');
		expect(getComputedStyle(tokens()[1]).outlineStyle).toBe('solid');
		expect(colours()).toEqual(before);
		expect(getComputedStyle(tokens()[1]).borderBottomColor).not.toBe(
			getComputedStyle(tokens()[0]).borderBottomColor
		);
	});

	it('draws a line where each token begins, and none where one continues in the next row', async () => {
		const { tokens, container, root } = await mountView({
			document: utf8('abc'.repeat(40)),
			encoding: tokensOfLengths([60, 60])
		});
		container.style.width = '300px';
		const probe = document.createElement('i');
		probe.style.color = 'var(--token-border)';
		root.append(probe);
		const { color } = getComputedStyle(probe);
		for (const token of tokens()) {
			const { borderLeftWidth, borderLeftColor, boxDecorationBreak } = getComputedStyle(token);
			expect([borderLeftWidth, borderLeftColor]).toEqual(['1px', color]);
			expect(token.getClientRects().length).toBeGreaterThan(1);
			expect(boxDecorationBreak).toBe('slice');
		}
	});

	it('is one tab stop with arrow keys, Home and End', async () => {
		const onfocusrange = vi.fn();
		const { tokens } = await mountView({ onfocusrange });
		const focused = () => tokens().indexOf(document.activeElement as HTMLElement);
		await userEvent.tab();
		expect(focused()).toBe(0);
		await userEvent.keyboard('{ArrowRight}{ArrowRight}');
		expect(focused()).toBe(2);
		expect(tokens().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0, -1, -1, -1, -1]);
		await userEvent.keyboard('{End}{ArrowRight}');
		expect(focused()).toBe(6);
		await userEvent.keyboard('{Home}{ArrowLeft}');
		expect(focused()).toBe(0);
		expect(onfocusrange).toHaveBeenLastCalledWith({ start: 0, end: 2 });
		await userEvent.tab();
		expect(focused()).toBe(-1);
		expect(onfocusrange).toHaveBeenLastCalledWith(null);
	});

	it('asks to move up and down from the byte it came from, pins and unpins, and outlines its id', async () => {
		const onmove = vi.fn();
		const onpin = vi.fn();
		const encoding = tokensOfLengths(LENGTHS, [5, 6, 5, 7, 5, 6, 8]);
		const { component, tokens } = await mountView({ onmove, onpin, encoding });
		await component.focusAtByte(8);
		await tick();
		expect(tokens().map((token) => token.hasAttribute('data-same'))).toEqual(
			[1, 0, 1, 0, 1, 0, 0].map(Boolean)
		);
		await userEvent.keyboard('{ArrowUp}{ArrowDown}{Enter}{Escape}');
		expect(onpin.mock.calls).toEqual([[{ start: 7, end: 9 }], [null]]);
		// The focus has moved along the text.
		await userEvent.keyboard('{ArrowLeft}{ArrowRight}{ArrowDown}');
		expect(onmove.mock.calls).toEqual([
			['up', 8],
			['down', 8],
			['down', 7]
		]);
	});
});

describe('TokenView with 300,000 tokens', () => {
	const words = Array.from({ length: 300_000 }, (_, i) => (i % 11 === 10 ? '\n' : ` w${i % 97}`));
	const document = utf8(words.join(''));
	const encoding = tokensOfLengths(words.map(({ length }) => length));
	const drawn = async (tokens: () => HTMLElement[]) =>
		vi.waitFor(() => {
			expect(tokens().length).toBeGreaterThan(20);
			expect(tokens().length).toBeLessThanOrEqual(700);
		});

	it('has at most 700 elements while it scrolls', async () => {
		const rendering = mountView({ document, encoding });
		const { root, tokens } = await rendering;
		await drawn(tokens);
		expect(root.clientHeight).toBeLessThanOrEqual(330);
		for (const part of [0.25, 0.5, 0.999]) {
			root.scrollTop = root.scrollHeight * part;
			await new Promise(requestAnimationFrame);
			await drawn(tokens);
			const box = root.getBoundingClientRect();
			const seen = tokens().filter((token) => {
				const { top, bottom } = token.getBoundingClientRect();
				return bottom > box.top && top < box.bottom;
			});
			expect(seen.length).toBeGreaterThan(20);
		}
	});

	it('scrolls to a byte and leaves the page where it is', async () => {
		const { root, tokens, component } = await mountView({ document, encoding });
		await drawn(tokens);
		for (const token of [150_000, 299_999, 3, 77_777]) {
			await component.scrollToByte(encoding.byteStarts[token]);
			const element = root.querySelector(`[data-token="${token}"]`);
			const box = root.getBoundingClientRect();
			const place = element?.getBoundingClientRect();
			expect(place?.top).toBeGreaterThanOrEqual(box.top - 1);
			expect(place?.bottom).toBeLessThanOrEqual(box.bottom + 1);
		}
		expect(scrollY).toBe(0);
	});

	it('keeps the focus on a token that scrolls out of view', async () => {
		const { root, tokens, component } = await mountView({ document, encoding });
		await drawn(tokens);
		await component.focusAtByte(encoding.byteStarts[5]);
		root.scrollTop = 100_000;
		await new Promise((resolve) => setTimeout(resolve, 100));
		await userEvent.keyboard('{ArrowRight}');
		await vi.waitFor(() => expect(root.querySelector(':focus')).not.toBeNull());
		expect(root.querySelector<HTMLElement>(':focus')?.dataset.token).toBe('6');
		await userEvent.keyboard('{End}');
		await vi.waitFor(() =>
			expect(root.querySelector<HTMLElement>(':focus')?.dataset.token).toBe('299999')
		);
		await drawn(tokens);
	});

	it('draws nothing while it is off screen, but Tab reaches it', async () => {
		const { root, tokens, container } = await mountView({ document, encoding });
		await drawn(tokens);
		container.style.marginTop = '5000px';
		await vi.waitFor(() => expect(tokens()).toEqual([]));
		expect(root.tabIndex).toBe(0);
		await userEvent.tab();
		await vi.waitFor(() => expect(root.querySelector(':focus')).not.toBeNull());
	});

	it('is drawn ahead once the page scrolls, and before it is printed', async () => {
		const { tokens, container, rerender } = await mountView({ document, encoding });
		await drawn(tokens);
		container.style.marginTop = `${innerHeight + 100}px`;
		container.style.marginBottom = '2000px';
		// An earlier test may have scrolled the page.
		await rerender({ document: document.slice() });
		await vi.waitFor(() => expect(tokens()).toEqual([]));
		dispatchEvent(new Event('beforeprint'));
		await tick();
		expect(tokens().length).toBeGreaterThan(20);
		dispatchEvent(new Event('afterprint'));
		await tick();
		expect(tokens()).toEqual([]);
		scrollTo(0, 1);
		await drawn(tokens);
		await rerender({ document: document.slice() });
		await vi.waitFor(() => expect(tokens()).toEqual([]));
		scrollTo(0, 0);
	});
});
