import { describe, expect, it, vi } from 'vitest';
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
	return { ...screen, onstep, rows };
}

describe('VocabularyTable', () => {
	it('lists the tokens at the step: id, token, bytes, merge, usage', async () => {
		const { rows, rerender } = await mount();
		expect(rows()).toEqual([
			['0', 'a', '1', '–', '5'],
			['1', 'b', '1', '–', '0'],
			['2', 'ab', '2', '1', '0'],
			['3', 'aba', '3', '2', '2'],
			['4', 'abaa', '4', '3', '7']
		]);
		await rerender({ step: 1, usage: null });
		expect(rows().map((row) => [row[0], row[4]])).toEqual([
			['0', '…'],
			['1', '…'],
			['2', '…']
		]);
	});

	it('searches, sorts, and finds unused tokens', async () => {
		const screen = await mount();
		const ids = () => screen.rows().map(([id]) => id);
		await userEvent.fill(screen.getByRole('searchbox'), 'ba');
		expect(ids()).toEqual(['3', '4']);
		await userEvent.fill(screen.getByRole('searchbox'), 'nothing');
		expect(ids()).toEqual(['No matching token.']);
		await userEvent.fill(screen.getByRole('searchbox'), '');
		await userEvent.selectOptions(screen.getByLabelText('Order'), 'usage');
		expect(ids()).toEqual(['4', '0', '3', '1', '2']);
		await userEvent.click(screen.getByLabelText('unused only'));
		expect(ids()).toEqual(['2']);
	});

	it('lists nothing as unused or most used before that is counted, and says so', async () => {
		const screen = await mount({ usage: null, order: 'usage' });
		expect(screen.rows()).toHaveLength(5);
		await expect.element(screen.getByRole('status')).toHaveTextContent('Counting …');
		await screen.rerender({ unused: true });
		expect(screen.rows()).toEqual([['Counting …']]);
		await screen.rerender({ isCounting: false });
		expect(screen.rows()).toEqual([['Not counted']]);
		await screen.rerender({ unused: false, order: 'id' });
		expect(screen.rows().map((row) => row[4])).toEqual(['–', '–', '–', '–', '–']);
		await expect.element(screen.getByRole('status')).toHaveTextContent('5 tokens');
	});

	it('goes to the merge that made a token, and opens its tree down to the bytes', async () => {
		const screen = await mount();
		await userEvent.click(screen.getByLabelText('Go to merge 2'));
		expect(screen.onstep).toHaveBeenLastCalledWith(2);
		await userEvent.click(screen.getByRole('button', { name: 'aba', exact: true }));
		const tree = screen.container.querySelector('[aria-label="How the token was merged"]');
		const leaves = [...(tree?.querySelectorAll('code') ?? [])].map((code) => code.textContent);
		expect(leaves).toEqual(['61', '62', '61']);
		expect(tree?.querySelectorAll('ul ul ul')).toHaveLength(1);
	});

	it('shows a large vocabulary page by page', async () => {
		const screen = await mount({ list: growing(300), step: 300, usage: null });
		expect(screen.rows()).toHaveLength(100);
		await expect.element(screen.getByRole('status')).toHaveTextContent('1–100 of 302 tokens');
		for (let i = 0; i < 3; i++) await userEvent.click(screen.getByLabelText('Next page'));
		expect(screen.rows().map(([id]) => id)).toEqual(['300', '301']);
		await userEvent.fill(screen.getByRole('searchbox'), '17');
		expect(screen.rows()[0][0]).toBe('17');
	});

	it('names special tokens', async () => {
		const list = growing(3);
		const ends = Uint32Array.of(0, 1, 3, 6, 10);
		const { rows } = await mount({
			list: { ...list, vocabulary: { ...list.vocabulary, ends } },
			nameOf: (id: number) => (id === 0 ? '<|end|>' : null)
		});
		expect(rows()[0].slice(0, 3)).toEqual(['0', '<|end|>', '–']);
	});
});
