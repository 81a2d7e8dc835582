import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { WordMerges } from './word-merges';
import WordMergesView from './WordMergesView.svelte';

/** l l o, of which l + l merges. */
const MERGES: WordMerges = {
	bytes: new TextEncoder().encode('llo'),
	initial: {
		ids: Uint32Array.of(108, 108, 111),
		byteStarts: Uint32Array.of(0, 1, 2),
		byteEnds: Uint32Array.of(1, 2, 3)
	},
	preTokenEnds: Uint32Array.of(3),
	whole: [false],
	steps: [{ rank: 1257, left: 108, right: 108, product: 257, start: 0, boundary: 1, end: 2 }]
};

async function draw(more: Record<string, unknown> = {}) {
	const onstep = vi.fn();
	const screen = await render(WordMergesView, {
		merges: MERGES,
		step: 1,
		onstep,
		...more
	});
	return { screen, onstep };
}

it('shows the tokens at the step, and each merge with its rank', async () => {
	const { screen } = await draw();
	const ids = [...screen.container.querySelectorAll('[data-token-id]')].map((token) =>
		token.getAttribute('data-token-id')
	);
	expect(ids).toEqual(['257', '111']);
	const item = screen.container.querySelector('li');
	expect(item?.textContent.replace(/\s+/g, ' ')).toContain('l + l → ll rank 1,257');
	expect(item?.querySelector('[aria-current="step"]')?.textContent).toBe('1');
	// There is one pre-token.
	expect(screen.container.querySelector('.pre-token, .heading')).toBeNull();
});

it('goes to a merge, from the list and from the tree', async () => {
	const { screen, onstep } = await draw({ step: 0 });
	expect(screen.container.querySelector('[aria-current]')).toBeNull();
	await screen.getByRole('button', { name: 'Go to merge 1' }).click();
	await screen.rerender({ step: 1 });
	await screen.getByText('As a tree').click();
	await screen.getByRole('button', { name: 'rank 1,257' }).click();
	expect(onstep.mock.calls).toEqual([[1], [1]]);
});

it('shows the pre-tokens of a phrase, and lists the merges of each', async () => {
	// "ll" and "o" are split before anything merges.
	const phrase = { preTokenEnds: Uint32Array.of(2, 3), whole: [false, false] };
	const { screen } = await draw({ merges: { ...MERGES, ...phrase } });
	const all = (selector: string) =>
		[...screen.container.querySelectorAll(selector)].map((element) =>
			element.textContent.replace(/\s+/g, ' ').trim()
		);
	expect(all('[data-pieces]')).toEqual([
		'First the text is split into 2 pre-tokens. Nothing merges across them.'
	]);
	expect(all('li.heading, [data-merge] .pair')).toEqual([
		'pre-token 1: ll',
		'l + l → ll',
		'pre-token 2: o nothing to merge'
	]);
});

it('says why there are no merges', async () => {
	const none = { steps: [] };
	const { screen } = await draw({ merges: { ...MERGES, ...none }, step: 0 });
	await expect.element(screen.getByText('no merge joins two adjacent tokens')).toBeVisible();
	await screen.rerender({ merges: { ...MERGES, ...none, whole: [true] } });
	await expect.element(screen.getByText('It is taken whole')).toBeVisible();
});
