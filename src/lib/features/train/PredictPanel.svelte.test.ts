import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { THREE_MERGES, trainedOn } from '../../../../tests/support/fake-training';
import type { PairsAfter } from '../../engine/train';
import { shuffledPairs } from './prediction';
import PredictPanel from './PredictPanel.svelte';

/** minbpe's example. Its second merge is a tie: a + b and aa + a each occur twice. */
const trained = trainedOn('aaabdaaabac', { rules: { ...THREE_MERGES, ties: 'first-seen' } });
const PAIRS: PairsAfter = {
	pairs: [
		{ left: 256, right: 97, count: 2 },
		{ left: 97, right: 98, count: 2 },
		{ left: 98, right: 100, count: 1 }
	],
	tied: 2,
	distinct: 5,
	barred: 0
};

async function mount() {
	const onreveal = vi.fn((step: number) => void screen.rerender({ step, pairs: null }));
	const screen = await render(PredictPanel, {
		trained,
		step: 1,
		pairs: PAIRS,
		isCounting: true,
		onreveal
	});
	/** Selects a pair by its index in {@link PAIRS}, using only the keyboard. */
	const choose = async (at: number) => {
		const place = shuffledPairs(trained, 2, PAIRS).findIndex(
			({ left }) => left.id === PAIRS.pairs[at].left
		);
		(document.activeElement as HTMLElement | null)?.blur();
		for (let i = 0; i <= place; i++) await userEvent.keyboard('{Tab}');
		await userEvent.keyboard('{Enter}');
	};
	const text = (selector: string) =>
		(screen.container.querySelector(selector)?.textContent ?? '').replace(/\s+/g, ' ').trim();
	const announced = () => text('[role="status"]');
	return { ...screen, choose, text, announced, onreveal };
}

it('reveals the merge, takes a tied pair as right, and explains the tie', async () => {
	const { choose, announced, onreveal, container } = await mount();
	await choose(1);
	expect(onreveal).toHaveBeenLastCalledWith(2);
	expect(announced()).toBe(
		'Right. Your pair occurs as often as the merged one. A tie: 2 pairs occur twice. The pair that occurs first in the corpus is merged.'
	);
	// The focus is on the next action.
	await vi.waitFor(() =>
		expect(document.activeElement?.textContent?.trim()).toBe('Guess the next')
	);
	expect(container.querySelector('[role="group"]')).toBeNull();
});

it('says how often both pairs occur if the choice was wrong', async () => {
	const { choose, announced } = await mount();
	await choose(2);
	expect(announced()).toBe('Not this one. Your pair occurs once, but the merged one occurs twice.');
});

it('reveals only its merge, also while a worker repeats the training, until another is shown', async () => {
	const { choose, announced, rerender } = await mount();
	await choose(0);
	await rerender({ trained: { ...trained, run: { session: 'train', run: 9 } } });
	expect(announced()).toMatch(/^Right/);
	await rerender({ step: 1, pairs: PAIRS });
	expect(announced()).toBe('');
	await rerender({ trained: trainedOn('abab', { rules: THREE_MERGES }), step: 2 });
	expect(announced()).toBe('');
});

it('focuses the first pair once the pairs of the next merge are counted', async () => {
	const { container, choose, rerender } = await mount();
	await choose(1);
	await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('BUTTON'));
	await userEvent.keyboard('{Enter}');
	await vi.waitFor(() =>
		expect(document.activeElement).toBe(container.querySelector('[role="group"]'))
	);
	await rerender({ pairs: PAIRS });
	expect(document.activeElement).toBe(container.querySelector('[role="group"] button'));
});

it('asks without a count, says nothing before the choice, and is busy only while pairs will follow', async () => {
	const { container, rerender, announced, text } = await mount();
	expect(text('h3')).toBe('Which pair becomes merge 2?');
	expect(container.querySelectorAll('button')).toHaveLength(3);
	expect(container.querySelector('[role="group"]')?.textContent).not.toMatch(/\d/);
	expect(announced()).toBe('');
	const busy = () => container.querySelector('[role="group"]')?.getAttribute('aria-busy');
	expect(busy()).toBe('false');
	await rerender({ pairs: null });
	expect(busy()).toBe('true');
	expect(announced()).toBe('');
	await rerender({ pairs: null, isCounting: false });
	expect(busy()).toBe('false');
});

it('says that the pairs are prepared until a worker holds the training, and that no merge is left', async () => {
	const { container, rerender, announced } = await mount();
	const unheld = { ...trained, run: { ...trained.run, run: 0 } };
	await rerender({ trained: unheld, pairs: null });
	expect(announced()).toBe('Preparing the pairs…');
	await rerender({ isCounting: false });
	expect(announced()).toBe('');
	await rerender({ step: 3 });
	expect(container.textContent).toContain('No merge is left to guess.');
	expect(container.querySelectorAll('button')).toHaveLength(0);
});
