import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { unwrittenDocument } from '../../../../tests/support/unwritten-document';
import type { TokenList } from '../../session/calls/token-details';
import type { DocumentValue } from '../../session/documents/document.svelte';
import { TRAIN_FIELDS } from '../../session/documents/train';
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

/** @param shown what is searched @param more other properties */
async function mount(
	shown: Partial<DocumentValue<typeof TRAIN_FIELDS>> = {},
	more: Record<string, unknown> = {}
) {
	const onstep = vi.fn<(step: number) => void>();
	const screen = await render(VocabularyTable, {
		list: growing(3),
		step: 3,
		usage: Float64Array.of(5, 0, 0, 2, 7),
		isCounting: true,
		value: unwrittenDocument(TRAIN_FIELDS, shown).value,
		nameOf: () => null,
		onstep,
		...more
	});
	const rows = () =>
		[...screen.container.querySelectorAll('.row')].map((row) =>
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
	const { column, rows, search, getByLabelText, getByText } = await mount();
	await search('ba');
	expect(column(0)).toEqual(['3', '4']);
	await search('nothing');
	expect(rows()).toEqual([]);
	await expect.element(getByText('No matching token.')).toBeVisible();
	await search('');
	await userEvent.selectOptions(getByLabelText('Order'), 'usage');
	expect(column(0)).toEqual(['4', '0', '3', '1', '2']);
	await userEvent.click(getByLabelText('unused only'));
	expect(column(0)).toEqual(['2']);
});

it('lists nothing as unused or most used before that is counted, and says so', async () => {
	const usage = null;
	const { rows, getByRole, unmount } = await mount({ order: 'usage' }, { usage });
	expect(rows()).toHaveLength(5);
	await expect.element(getByRole('status')).toHaveTextContent('Counting …');
	await unmount();
	const unused = await mount({ unused: true }, { usage });
	expect(unused.rows()).toEqual([]);
	const said = () => unused.container.querySelector('.card')?.textContent;
	expect(said()).toBe('Counting …');
	await unused.rerender({ isCounting: false });
	expect(said()).toBe('Not counted');
	await unused.unmount();
	const all = await mount({}, { usage, isCounting: false });
	expect(all.column(4)).toEqual(['–', '–', '–', '–', '–']);
	await expect.element(all.getByRole('status')).toHaveTextContent('5 tokens');
});

it('opens the merge tree of a chosen token down to the bytes, and goes to a merge in it', async () => {
	const { container, getByText, getByRole, onstep } = await mount();
	await userEvent.click(getByText('aba', { exact: true }));
	const tree = container.querySelector('[aria-label="How the token was merged"]');
	const leaves = [...(tree?.querySelectorAll('code') ?? [])].map((code) => code.textContent);
	expect(leaves).toEqual(['61', '62', '61']);
	expect(tree?.querySelectorAll('ul ul ul')).toHaveLength(1);
	await userEvent.click(getByRole('button', { name: 'merge 2' }));
	expect(onstep).toHaveBeenLastCalledWith(2);
});

it('draws only a part of a large vocabulary, with the token that a link chose', async () => {
	const large = { list: growing(300), step: 300, usage: null };
	const { rows, column, search, getByRole } = await mount({ tree: 300 }, large);
	await expect.element(getByRole('status')).toHaveTextContent('302 tokens');
	await vi.waitFor(() => expect(column(0)).toContain('300'));
	expect(rows().length).toBeLessThan(40);
	await search('17');
	expect(column(0)[0]).toBe('17');
});

it('names special tokens', async () => {
	const list = growing(3);
	const vocabulary = { ...list.vocabulary, ends: Uint32Array.of(0, 1, 3, 6, 10) };
	const nameOf = (id: number) => (id === 0 ? '<|end|>' : null);
	const { rows } = await mount({}, { list: { ...list, vocabulary }, nameOf });
	expect(rows()[0].slice(0, 3)).toEqual(['0', '<|end|>', '–']);
});
