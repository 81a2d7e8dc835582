import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { WordMerges, LadderNode } from './ladder';
import LadderView from './LadderView.svelte';

/** l l o, of which l + l merges. */
const LADDER: WordMerges = {
	bytes: new TextEncoder().encode('llo'),
	initial: {
		ids: Uint32Array.of(108, 108, 111),
		byteStarts: Uint32Array.of(0, 1, 2),
		byteEnds: Uint32Array.of(1, 2, 3)
	},
	pieceEnds: Uint32Array.of(3),
	whole: [false],
	rungs: [
		{ rank: 1257, left: 108, right: 108, product: 257, start: 0, joint: 1, end: 2, piece: 0 }
	],
	mergedAt: Uint32Array.of(0, 1, 0, 0)
};
const DONE = {
	ids: Uint32Array.of(257, 111),
	byteStarts: Uint32Array.of(0, 2),
	byteEnds: Uint32Array.of(2, 3)
};
const leaf = (id: number, start: number): LadderNode => ({
	id,
	start,
	end: start + 1,
	merge: null
});
const TREES: LadderNode[] = [
	{
		id: 257,
		start: 0,
		end: 2,
		merge: { step: 1, rank: 1257, left: leaf(108, 0), right: leaf(108, 1) }
	},
	leaf(111, 2)
];

async function draw(more: Record<string, unknown> = {}) {
	const onstep = vi.fn();
	const screen = await render(LadderView, {
		ladder: LADDER,
		step: 1,
		tokens: DONE,
		trees: TREES,
		anchors: Uint32Array.of(0, 2),
		parts: 1,
		name: 'the first, small',
		onstep,
		...more
	});
	return { screen, onstep };
}

describe('LadderView', () => {
	it('shows the tokens at the step, and each merge with its rank', async () => {
		const { screen } = await draw();
		const ids = [...screen.container.querySelectorAll('[data-token-id]')].map((token) =>
			token.getAttribute('data-token-id')
		);
		expect(ids).toEqual(['257', '111']);
		const rung = screen.container.querySelector('li');
		expect(rung?.textContent.replace(/\s+/g, ' ')).toContain('l + l → ll rank 1,257');
		expect(rung?.textContent).toContain('parts here');
		expect(rung?.querySelector('[aria-current="step"]')?.textContent).toBe('1');
	});

	it('goes to a merge, from the list and from the tree', async () => {
		const { screen, onstep } = await draw({ step: 0, tokens: LADDER.initial });
		expect(screen.container.querySelector('[aria-current]')).toBeNull();
		await screen.getByRole('button', { name: 'Go to merge 1, the first, small' }).click();
		await screen.getByText('As a tree').click();
		await screen.getByRole('button', { name: 'rank 1,257' }).click();
		expect(onstep.mock.calls).toEqual([[1], [1]]);
	});

	it('shows the borders of the pieces of a phrase, and lists the merges piece by piece', async () => {
		// "ll" and "o" are cut apart before anything merges.
		const phrase = { pieceEnds: Uint32Array.of(2, 3), whole: [false, false] };
		const { screen } = await draw({ ladder: { ...LADDER, ...phrase } });
		const all = (selector: string) =>
			[...screen.container.querySelectorAll(selector)].map((element) =>
				element.textContent.replace(/\s+/g, ' ').trim()
			);
		expect(all('[data-pieces]')).toEqual([
			'First the text is cut into 2 pieces, and merges stay inside a piece: llo'
		]);
		expect(all('[data-pieces] .piece')).toEqual(['ll', 'o']);
		expect(all('li.border, [data-rung] .pair')).toEqual([
			'piece 1: ll',
			'l + l → ll',
			'piece 2: o nothing to merge'
		]);
	});

	it('speaks of no pieces where there is one', async () => {
		const { screen } = await draw();
		expect(screen.container.querySelectorAll('.piece, .border')).toHaveLength(0);
	});

	it('says why there are no merges', async () => {
		const none = { rungs: [], mergedAt: new Uint32Array(4) };
		const { screen } = await draw({ ladder: { ...LADDER, ...none }, step: 0, trees: [] });
		await expect.element(screen.getByText('no two neighbours merge')).toBeVisible();
		await screen.rerender({ ladder: { ...LADDER, ...none, whole: [true] } });
		await expect.element(screen.getByText('taken as it stands')).toBeVisible();
	});
});
