import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Encoding } from '../../../engine/encoding';
import type { DiffRow } from '../../../drift/text/diff-rows';
import DiffRows from './DiffRows.svelte';

/** Tokens of `size` bytes over a text of letters. */
function sideOf(name: string, bytes: number, size: number, difference: number) {
	const count = bytes / size;
	const at = (offset: number) => Uint32Array.from({ length: count }, (_, i) => size * (i + offset));
	const encoding: Encoding = {
		ids: Uint32Array.from({ length: count }, (_, i) => 1000 * size + i),
		byteStarts: at(0),
		byteEnds: at(1)
	};
	return { name, encoding, differs: new Uint8Array(count).fill(difference), names: new Map() };
}

/** Rows of four bytes. Every other row is the same on both sides. */
const rowsOf = (count: number): DiffRow[] =>
	Array.from({ length: count }, (_, i) => ({
		kind: i % 2 === 0 ? 'tokens' : 'alike',
		fromA: 4 * i,
		toA: 4 * i + 4,
		fromB: 2 * i,
		toB: 2 * i + 2,
		start: 4 * i,
		end: 4 * i + 4
	}));

async function mount(rows: number, difference = 1) {
	const bytes = 4 * rows;
	const screen = await render(DiffRows, {
		document: new TextEncoder().encode('abcd'.repeat(rows)),
		a: sideOf('llama3', bytes, 1, difference),
		b: sideOf('other', bytes, 2, difference),
		rows: rowsOf(rows),
		display: 'text',
		whitespace: true,
		focus: null,
		onfocusrange: vi.fn(),
		onpin: vi.fn()
	});
	const component = screen.component as { scrollToByte(byte: number): Promise<void> };
	const tokens = () => [...screen.container.querySelectorAll<HTMLElement>('[data-token-id]')];
	return { ...screen, component, tokens };
}

it('draws the tokens of both sides at the same bytes next to each other, with their ids', async () => {
	const { container, tokens } = await mount(3);
	const [first, identical] = container.querySelectorAll('[data-block]');
	const [left, right] = first.querySelectorAll('[role=listbox]');
	const texts = (side: Element) =>
		[...side.querySelectorAll('[data-token-id]')].map(({ textContent }) => textContent);
	expect(texts(left)).toEqual(['a', 'b', 'c', 'd']);
	expect(texts(right)).toEqual(['ab', 'cd']);
	expect(first.textContent).toContain('2000 2001');
	expect(identical.textContent).toBe('4 identical tokens');
	// In every row, offsets refer to the whole text.
	expect(tokens().at(-1)?.dataset.byteEnd).toBe('12');
	expect(container.querySelector('.names')?.textContent).toMatch(/^\s*llama3\s*other\s*$/);
});

it('distinguishes different splits from different ids by shape', async () => {
	const splits = await mount(1, 1);
	expect(splits.tokens()[0].className).toContain('differs');
	const ids = await mount(1, 2);
	expect(ids.tokens()[0].className).toContain('renumbered');
	expect(getComputedStyle(ids.tokens()[0]).borderBottomStyle).toBe('dotted');
});

it('draws only the visible part of a long diff, and scrolls to any byte', async () => {
	const { component, tokens, container } = await mount(20_000);
	expect(tokens().length).toBeLessThan(500);
	await component.scrollToByte(4 * 15_000 + 1);
	await vi.waitFor(() => {
		const drawn = container.querySelector('[data-block="15000"]');
		expect(drawn?.textContent).toContain('abcd');
	});
	expect(tokens().length).toBeLessThan(500);
});

it('steps through the tokens of a row by key, and stays in it', async () => {
	const { tokens, container } = await mount(3);
	const last = container.querySelectorAll('[data-block="2"] [data-token-id]');
	(last[0] as HTMLElement).focus();
	const press = (key: string) =>
		document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
	press('ArrowLeft');
	expect(document.activeElement).toBe(last[0]);
	press('End');
	await vi.waitFor(() => expect(document.activeElement).toBe(last[3]));
	expect(tokens()).toHaveLength(12);
});
