import { flushSync } from 'svelte';
import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { Costs, ModelCost } from '../../session/costs.svelte';
import FiguresTable from './FiguresTable.svelte';

const LIST = { cheapest: [], isList: false, onorder: vi.fn() };

const FIGURES = { tokens: 9, bytes: 20, characters: 20, distinct: 5, vocabularySize: 256 };

const rowOf = (name: string, cost: ModelCost, figures: typeof FIGURES | null = FIGURES) => ({
	tokenizer: name,
	name,
	isWaiting: false,
	isLate: false,
	figures,
	cost
});

/** Three tokenizers, whose windows are 100, 200 and 300. */
async function mount(order: string | null = 'window') {
	const changes = new Costs();
	const costs = [1, 2, 3].map((at) =>
		Object.assign(changes.of(`no-model-${at}`), { window: 100 * at })
	);
	const rows = costs.map((cost, i) => rowOf('abc'[i], cost, null));
	const screen = await render(FiguresTable, { ...LIST, rows, order });
	const names = () =>
		[...screen.container.querySelectorAll('tbody th')].map((cell) => cell.textContent?.trim());
	const windowOf = (name: string) => screen.getByLabelText(`Context window in tokens for ${name}`);
	const priceOf = (name: string) =>
		screen.getByLabelText(`US dollars per million tokens for ${name}`);
	return { costs, names, windowOf, priceOf, rerender: screen.rerender };
}

it('keeps its order while a field has the focus', async () => {
	const { costs, names, windowOf, priceOf, rerender } = await mount();
	await userEvent.click(windowOf('a'));
	await userEvent.keyboard('{Control>}a{/Control}4000');
	expect(costs[0].window).toBe(4000);
	await expect.element(windowOf('a')).toHaveFocus();
	expect(names()).toEqual(['a', 'b', 'c']);
	await userEvent.click(priceOf('b'));
	expect(names()).toEqual(['a', 'b', 'c']);
	(document.activeElement as HTMLElement).blur();
	await vi.waitFor(() => expect(names()).toEqual(['b', 'c', 'a']));
	// Another order is taken at once, and a screen reader is told of it.
	await userEvent.click(windowOf('b'));
	const windows = page.getByRole('columnheader', { name: 'window' });
	await expect.element(windows).toHaveAttribute('aria-sort', 'ascending');
	await rerender({ order: '-window' });
	expect(names()).toEqual(['a', 'c', 'b']);
	await expect.element(windows).toHaveAttribute('aria-sort', 'descending');
});

it('leaves a row in its place and its group while another model is chosen in it', async () => {
	const changes = new Costs();
	const rows = ['cl100k_base', 'o200k_base'].map((tokenizer) =>
		rowOf(tokenizer, new ModelCost(tokenizer, changes, '2026-11-30'))
	);
	const cheapest = ['o200k_base GPT-5 nano'];
	const screen = await render(FiguresTable, { ...LIST, cheapest, rows, order: 'price' });
	const lines = () =>
		[...screen.container.querySelectorAll('tbody tr')].map(
			(row) => row.firstElementChild?.textContent?.trim() ?? ''
		);
	const before = ['o200k_base', 'Embedding models', 'cl100k_base'];
	expect(lines()).toEqual(before);
	await expect.element(screen.getByText('cheapest chat model')).toBeVisible();
	const models = screen.getByLabelText('Model for o200k_base').element() as HTMLSelectElement;
	models.value = 'o1';
	models.dispatchEvent(new Event('change', { bubbles: true }));
	await expect.element(screen.getByText('retired 2026-10-23')).toBeVisible();
	expect(screen.container.textContent).not.toContain('cheapest');
	expect(lines()).toEqual(before);
	(models.nextElementSibling as HTMLElement).focus();
	flushSync();
	expect(lines()).toEqual(before);
	(document.activeElement as HTMLElement).blur();
	await vi.waitFor(() =>
		expect(lines()).toEqual(['Embedding models', 'cl100k_base', 'Retired models', 'o200k_base'])
	);
});

it('takes a whole number of at least 1 as a window', async () => {
	const { costs, windowOf } = await mount(null);
	for (const [text, window] of [
		['1,000', 1000],
		['0', null],
		['2.5', null],
		['1', 1],
		['', null]
	] as const) {
		await userEvent.fill(windowOf('a'), text);
		expect(costs[0].window, text).toBe(window);
	}
});

it('marks the figures of the text before while an answer is awaited', async () => {
	const row = rowOf('a', new Costs().of('no-model'));
	const screen = await render(FiguresTable, { ...LIST, rows: [row], order: null });
	const shown = () => screen.container.querySelector('tbody tr');
	const tokens = () => shown()?.children[1].textContent;
	expect([tokens(), shown()?.classList.contains('stale')]).toEqual(['9', false]);
	await screen.rerender({ rows: [{ ...row, isWaiting: true }] });
	expect([tokens(), shown()?.classList.contains('stale')]).toEqual(['9', true]);
	await screen.rerender({ rows: [{ ...row, figures: null }] });
	expect([tokens(), shown()?.classList.contains('stale')]).toEqual(['–', false]);
});
