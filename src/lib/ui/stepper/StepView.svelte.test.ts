import { tick } from 'svelte';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { copyAll } from '../../../../tests/support/copied';
import type { Encoding } from '../../engine/encoding';
import StepView from './StepView.svelte';

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Tokens that begin at the given bytes; the last one ends at `end`. Ids are 100 times the length. */
function tokensFrom(starts: readonly number[], end: number): Encoding {
	const byteStarts = Uint32Array.from(starts);
	const byteEnds = Uint32Array.from([...starts.slice(1), end]);
	return { ids: byteEnds.map((to, i) => 100 * (to - byteStarts[i])), byteStarts, byteEnds };
}
const every = (end: number) => tokensFrom([...Array(end).keys()], end);

/** Bytes: t h e space é(2) 好(3) newline. */
const TEXT = 'the é好\n';
const SIZE = 10;
const LAST = tokensFrom([0, 3, 9], SIZE);

async function mount(more: Record<string, unknown> = {}) {
	const screen = await render(StepView, {
		document: utf8(TEXT),
		window: { start: 0, end: SIZE },
		encoding: every(SIZE),
		boundaries: new Uint32Array(0),
		anchors: LAST.byteStarts,
		label: 'Tokens at step 0',
		...more
	});
	screen.container.style.width = '500px';
	const root = screen.container.querySelector<HTMLElement>('[role=listbox]');
	if (!root) throw new Error('no listbox');
	const tokens = () => Array.from(root.querySelectorAll<HTMLElement>('[data-token-id]'));
	const drawn = () =>
		tokens().map(({ dataset }) =>
			[dataset.tokenId, dataset.byteStart, dataset.byteEnd].map(Number)
		);
	/** Position and width of every letter. */
	const places = () =>
		Array.from(root.querySelectorAll<HTMLElement>('.run > *')).map((letter) => {
			const { x, y, width } = letter.getBoundingClientRect();
			return [x, y, width];
		});
	return { ...screen, root, tokens, drawn, places };
}

const expected = ({ ids, byteStarts, byteEnds }: Encoding) =>
	Array.from(ids, (id, i) => [id, byteStarts[i], byteEnds[i]]);

it('draws the tokens of every step, forwards and backwards', async () => {
	const steps = [
		every(SIZE),
		tokensFrom([0, 2, 3, 4, 5, 6, 7, 8, 9], SIZE),
		tokensFrom([0, 2, 3, 4, 6, 8, 9], SIZE),
		tokensFrom([0, 3, 4, 6, 9], SIZE),
		LAST
	];
	const { drawn, rerender } = await mount();
	for (const encoding of [...steps, ...steps.toReversed()]) {
		await rerender({ encoding });
		expect(drawn()).toEqual(expected(encoding));
	}
});

it('moves no letter from the first step to the last', async () => {
	const text = 'the café, “naïve” Привет 你好 👍 a\tb\u00a0c\r\n\0 end';
	const size = utf8(text).length;
	const { places, rerender } = await mount({
		document: utf8(text),
		window: { start: 0, end: size },
		encoding: every(size),
		anchors: Uint32Array.of(0)
	});
	const before = places();
	expect(before.length).toBe([...text].length);
	for (const starts of [[0, 5, 10, 20, 30], [0]]) {
		await rerender({ encoding: tokensFrom(starts, size), boundaries: Uint32Array.of(7) });
		expect(places()).toEqual(before);
	}
});

it('shows the bytes of a split character side by side, and no replacement character', async () => {
	const { root, rerender } = await mount();
	const cells = () =>
		Array.from(root.querySelectorAll<HTMLElement>('.byte')).filter(
			(byte) => byte.getClientRects().length > 0
		);
	const marks = () => cells().map(({ dataset }) => dataset.mark);
	expect(marks()).toEqual(['c3', 'a9', 'e5', 'a5', 'bd']);
	await rerender({ encoding: tokensFrom([0, 3, 4, 6, 8, 9], SIZE) });
	expect(marks()).toEqual(['e5', 'a5', 'bd']);
	for (const byte of cells()) {
		const { width, height } = getComputedStyle(byte, '::before');
		expect(parseFloat(width)).toBeGreaterThan(parseFloat(height));
		expect(parseFloat(width)).toBeLessThanOrEqual(byte.getBoundingClientRect().width);
	}
	await rerender({ encoding: LAST });
	expect(marks()).toEqual([]);
	expect(root.textContent).toBe(TEXT);
});

it('draws a line where a token begins', async () => {
	const { root } = await mount({ encoding: LAST });
	expect(getComputedStyle(root).getPropertyValue('--token-border')).not.toBe('');
	const starts = [...root.querySelectorAll('.run > .start')];
	expect(starts).toHaveLength(3);
	for (const letter of starts)
		expect(getComputedStyle(letter).boxShadow).toMatch(
			/^rgb\(\d+, \d+, \d+\) 1px 0px 0px 0px inset$/
		);
});

it('marks the new token by a frame and a colour', async () => {
	const encoding = tokensFrom([0, 3, 4, 6, 9], SIZE);
	const { root, rerender } = await mount({ encoding, boundaries: Uint32Array.of(2, 8) });
	const marked = (name: string) =>
		Array.from(root.querySelectorAll(`.${name}`)).map(({ textContent }) => textContent);
	expect(marked('made')).toEqual(['t', 'h', 'e', '好']);
	const style = getComputedStyle(root.querySelector('.made') ?? root);
	expect(style.boxShadow).toContain('inset');
	expect(marked('marked')).toEqual(marked('made'));
	await rerender({ boundaries: new Uint32Array(0) });
	expect(marked('made')).toEqual([]);
});

it('copies the original, however it is split', async () => {
	const { root } = await mount();
	expect(copyAll(root)).toBe(TEXT);
});

it('is one tab stop that keeps its byte while tokens merge', async () => {
	const onfocusrange = vi.fn();
	const { tokens, rerender } = await mount({ onfocusrange });
	const focused = () => (document.activeElement as HTMLElement).dataset.byteStart;
	await userEvent.tab();
	expect(focused()).toBe('0');
	await userEvent.keyboard('{ArrowRight}{ArrowRight}');
	expect(focused()).toBe('2');
	expect(onfocusrange).toHaveBeenLastCalledWith({ start: 2, end: 3 });
	expect(tokens().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
	await rerender({ encoding: LAST });
	await tick();
	expect(focused()).toBe('0');
	await rerender({ encoding: every(SIZE) });
	await tick();
	await userEvent.keyboard('{End}{ArrowRight}');
	expect(focused()).toBe('9');
	await userEvent.keyboard('{Home}{ArrowLeft}');
	expect(focused()).toBe('0');
	await userEvent.tab();
	expect(onfocusrange).toHaveBeenLastCalledWith(null);
});

it('names its tokens, outlines linked bytes, and reports the bytes under the pointer', async () => {
	const onfocusrange = vi.fn();
	const { tokens, rerender, root } = await mount({ encoding: LAST, onfocusrange });
	expect(tokens()[1].ariaLabel).toBe('token "·é好", id 600, bytes 3–9');
	await rerender({ focus: { start: 4, end: 5 } });
	expect(tokens().map(({ ariaSelected }) => ariaSelected)).toEqual(['false', 'true', 'false']);
	expect(root.querySelectorAll('.linked')).toHaveLength(3);
	const letters = root.querySelectorAll<HTMLElement>('.run > *');
	await userEvent.hover(letters[1]);
	expect(onfocusrange).toHaveBeenLastCalledWith({ start: 0, end: 3 });
	root.dispatchEvent(new PointerEvent('pointerleave'));
	expect(onfocusrange).toHaveBeenLastCalledWith(null);
});

it('draws the part of a token that is in view, and bytes of no token plainly', async () => {
	const encoding = tokensFrom([0, 5], 8);
	const { drawn, root } = await mount({
		document: utf8('0123456789'),
		window: { start: 3, end: 10 },
		encoding,
		anchors: Uint32Array.of(0, 5)
	});
	expect(drawn()).toEqual(expected(encoding));
	expect(root.textContent).toBe('3456789');
	expect(root.querySelectorAll('.run > .quiet')).toHaveLength(5);
});
