import { createRawSnippet } from 'svelte';
import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import WindowedRows from './WindowedRows.svelte';

const row = createRawSnippet((at: () => number) => ({
	render: () => `<span role="cell">row ${at()}</span>`
}));

async function mount(count: number, more: object = {}) {
	const table = { label: 'Numbers', columns: ['number'], widths: '1fr' };
	const screen = await render(WindowedRows, { count, ...table, row, ...more });
	const scroller = screen.container.querySelector<HTMLElement>('[role=region]');
	if (!scroller) throw new Error('no region');
	const drawn = () =>
		[...screen.container.querySelectorAll('[role=cell]')].map(({ textContent }) =>
			Number(textContent?.slice(4))
		);
	return { ...screen, scroller, drawn };
}

it('draws little more than what is in view, down to the last of a hundred thousand rows', async () => {
	const { drawn, scroller, rerender } = await mount(114_965);
	expect(drawn()[0]).toBe(0);
	expect(scroller.scrollHeight).toBeGreaterThan(114_965 * 30);
	scroller.scrollTop = 50_000 * 30;
	await vi.waitFor(() => expect(drawn()).toContain(50_000));
	expect(drawn().length).toBeLessThan(40);
	scroller.scrollTop = scroller.scrollHeight;
	await vi.waitFor(() => expect(drawn()).toContain(114_964));
	expect(Math.max(...drawn())).toBe(114_964);
	await rerender({ list: 'another' });
	await vi.waitFor(() => expect(drawn()).toContain(0));
});

it('is no higher than its rows, and has their number', async () => {
	const { drawn, scroller, getByRole } = await mount(3);
	expect(drawn()).toEqual([0, 1, 2]);
	expect(scroller.clientHeight).toBeLessThan(5 * 30);
	await expect.element(getByRole('table')).toHaveAttribute('aria-rowcount', '4');
});

it('is a grid whose rows are chosen by click and arrow keys, if they can be chosen', async () => {
	const onchoose = vi.fn();
	const cell = createRawSnippet((at: () => number) => ({
		render: () => `<span role="gridcell">row ${at()}</span>`
	}));
	const screen = await mount(1000, { row: cell, chosen: 3, onchoose });
	const grid = screen.getByRole('grid');
	const selected = screen.container.querySelector('[aria-selected="true"]');
	expect(selected?.textContent).toContain('row 3');
	await expect.element(grid).toHaveAttribute('aria-activedescendant', selected?.id ?? '');
	await screen.getByText('row 5', { exact: true }).click();
	const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'Home', 'End'];
	grid.element().focus();
	for (const key of keys)
		grid.element().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
	expect(onchoose.mock.calls.flat()).toEqual([5, 4, 2, 14, 0, 999]);
	expect(screen.scroller.scrollTop).toBeGreaterThan(900 * 30);
});
