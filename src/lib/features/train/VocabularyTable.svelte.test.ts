import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { TokenList } from '../../session/worker/token-details';
import VocabularyTable from './VocabularyTable.svelte';

/** Tokens a, b, ab, aba, abaa, …: each merge appends an a. */
function growing(merges: number): TokenList {
	const words = ['a', 'b', 'ab'];
	for (let i = 1; i < merges; i++) words.push(words[i + 1] + 'a');
	let end = 0;
	return {
		vocabulary: {
			bytes: new TextEncoder().encode(words.join('')),
			ends: Uint32Array.from(words, ({ length }) => (end += length))
		},
		madeBy: Int32Array.from(words, (_, id) => id - 2).map((merge) => Math.max(-1, merge)),
		merges: Uint32Array.from({ length: 2 * merges }, (_, i) =>
			i < 2 ? i : i % 2 === 0 ? i / 2 + 1 : 0
		)
	};
}

async function mount(more: Record<string, unknown> = {}) {
	const onstep = vi.fn<(step: number) => void>();
	const screen = await render(VocabularyTable, {
		list: growing(3),
		step: 3,
		usage: Float64Array.of(5, 0, 0, 2, 7),
		onstep,
		...more
	});
	const rows = () =>
		[...screen.container.querySelectorAll('tbody > tr')].map((row) =>
			[...row.children].map(({ textContent }) => textContent?.trim())
		);
	const column = (index: number) => rows().map((row) => row[index]);
	const search = (text: string) => userEvent.fill(screen.getByRole('searchbox'), text);
	return { ...screen, onstep, rows, column, search };
}

it('lists the tokens at the step: id, token, bytes, merge, usage', async () => {
	const { rows, column, rerender } = await mount();
	expect(rows()).toEqual([
		['0', 'a', '1', '–', '5'],
		['1', 'b', '1', '–', '0'],
		['2', 'ab', '2', '1', '0'],
		['3', 'aba', '3', '2', '2'],
		['4', 'abaa', '4', '3', '7']
	]);
	await rerender({ step: 1, usage: null });
	expect([column(0), column(4)]).toEqual([
		['0', '1', '2'],
		['…', '…', '…']
	]);
});

it('searches, sorts, and finds unused tokens', async () => {
	const { column, search, getByLabelText } = await mount();
	await search('ba');
	expect(column(0)).toEqual(['3', '4']);
	await search('nothing');
	expect(column(0)).toEqual(['No matching token.']);
	await search('');
	await userEvent.selectOptions(getByLabelText('Order'), 'usage');
	expect(column(0)).toEqual(['4', '0', '3', '1', '2']);
	await userEvent.click(getByLabelText('unused only'));
	expect(column(0)).toEqual(['2']);
});

it('lists nothing as unused or most used before that is counted, and says so', async () => {
	const { rows, column, getByRole, rerender } = await mount({ usage: null, order: 'usage' });
	expect(rows()).toHaveLength(5);
	await expect.element(getByRole('status')).toHaveTextContent('Counting …');
	await rerender({ unused: true });
	expect(rows()).toEqual([['Counting …']]);
	await rerender({ isCounting: false });
	expect(rows()).toEqual([['Not counted']]);
	await rerender({ unused: false, order: 'id' });
	expect(column(4)).toEqual(['–', '–', '–', '–', '–']);
	await expect.element(getByRole('status')).toHaveTextContent('5 tokens');
});

it('goes to the merge that made a token, and opens its tree down to the bytes', async () => {
	const { container, getByLabelText, getByRole, onstep } = await mount();
	await userEvent.click(getByLabelText('Go to merge 2'));
	expect(onstep).toHaveBeenLastCalledWith(2);
	await userEvent.click(getByRole('button', { name: 'aba', exact: true }));
	const tree = container.querySelector('[aria-label="How the token was merged"]');
	const leaves = [...(tree?.querySelectorAll('code') ?? [])].map((code) => code.textContent);
	expect(leaves).toEqual(['61', '62', '61']);
	expect(tree?.querySelectorAll('ul ul ul')).toHaveLength(1);
});

it('shows a large vocabulary page by page', async () => {
	const large = { list: growing(300), step: 300, usage: null };
	const { rows, column, search, getByRole, getByLabelText } = await mount(large);
	expect(rows()).toHaveLength(100);
	await expect.element(getByRole('status')).toHaveTextContent('1–100 of 302 tokens');
	for (let i = 0; i < 3; i++) await userEvent.click(getByLabelText('Next page'));
	expect(column(0)).toEqual(['300', '301']);
	await search('17');
	expect(column(0)[0]).toBe('17');
});

it('names special tokens', async () => {
	const list = growing(3);
	const vocabulary = { ...list.vocabulary, ends: Uint32Array.of(0, 1, 3, 6, 10) };
	const nameOf = (id: number) => (id === 0 ? '<|end|>' : null);
	const { rows } = await mount({ list: { ...list, vocabulary }, nameOf });
	expect(rows()[0].slice(0, 3)).toEqual(['0', '<|end|>', '–']);
});
