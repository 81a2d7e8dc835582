import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { vocabularyOf } from '../../../../../tests/support/spec-parts';
import { DIFF_FIELDS } from '../../../session/documents/diff';
import { PageDocument } from '../../../session/documents/document.svelte';
import { setDiffPage } from './page.svelte';
import TokenLists from './TokenLists.svelte';

const props = {
	label: 'Vocabulary',
	of: 'vocabulary' as const,
	tables: { tokensA: vocabularyOf('a', ' the', 'old'), tokensB: vocabularyOf(' the', 'a', 'new') },
	lists: [
		{ id: 'same', name: 'same id', a: new Uint32Array(), b: new Uint32Array() },
		{ id: 'moved', name: 'different id', a: Uint32Array.of(0, 1), b: Uint32Array.of(1, 0) },
		{ id: 'removed', name: 'only in A', a: Uint32Array.of(2), b: null },
		{ id: 'added', name: 'only in B', a: null, b: Uint32Array.of(2) }
	]
};

async function mount() {
	const document = new PageDocument(DIFF_FIELDS, {
		names: { has: () => true },
		replace: () => undefined
	});
	const { value } = document;
	const Host = ((...args: Parameters<typeof TokenLists>) => {
		setDiffPage({ document, value } as unknown as Parameters<typeof setDiffPage>[0]);
		return TokenLists(...args);
	}) as typeof TokenLists;
	const screen = await render(Host, props);
	const rows = () =>
		[...screen.container.querySelectorAll('.row')].map((row) =>
			[...row.querySelectorAll('[role=cell]')].map(({ textContent }) => textContent?.trim())
		);
	const choose = (list: string) => userEvent.selectOptions(screen.getByRole('combobox'), list);
	const search = (text: string) => userEvent.fill(screen.getByRole('searchbox'), text);
	return { ...screen, rows, value, choose, search };
}

it('starts with the first list that has tokens, and shows tokens of one side by their text there', async () => {
	const { rows, choose } = await mount();
	expect(rows()).toEqual([
		['0', '1', 'a'],
		['1', '0', '·the']
	]);
	await choose('removed');
	expect(rows()).toEqual([['2', 'old']]);
	await choose('added');
	expect(rows()).toEqual([['2', 'new']]);
});

it('shows the list and the search of the document, and keeps what the user chooses there', async () => {
	const { rows, getByRole, value, choose, search } = await mount();
	value.vocabularyList = 'removed';
	value.vocabularySearch = 'ol';
	await expect.element(getByRole('searchbox')).toHaveValue('ol');
	expect(rows()).toEqual([['2', 'old']]);
	await choose('moved');
	await search('the');
	expect([value.vocabularyList, value.vocabularySearch]).toEqual(['moved', 'the']);
});

it('finds tokens by text, with marks for spaces, and by the id of either side', async () => {
	const { rows, getByRole, search } = await mount();
	await search('·th');
	expect(rows()).toEqual([['1', '0', '·the']]);
	await expect.element(getByRole('status')).toHaveTextContent('1 token');
	await search('1');
	expect(rows()).toHaveLength(2);
	await search('zzz');
	expect(rows()).toEqual([]);
	await expect.element(getByRole('status')).toHaveTextContent('0 tokens');
});
