import { createRawSnippet } from 'svelte';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { MergeStep, PairCount } from './merge-step';
import StepCard from './StepCard.svelte';

const token = (id: number, text: string) => ({ id, bytes: new TextEncoder().encode(text) });

const MERGE: MergeStep = {
	left: token(256, ' th'),
	right: token(101, 'e'),
	product: token(667, ' the'),
	count: 4102,
	removed: 4100,
	reused: false
};
const PAIRS = { tied: 3, distinct: 1234, barred: 0 };
const RUNNERS_UP: readonly PairCount[] = [
	{ left: token(105, 'in'), right: token(103, 'g'), count: 4102 },
	{ left: token(101, 'e'), right: token(114, 'r'), count: 4010 }
];

async function mount(more: Record<string, unknown> = {}) {
	const screen = await render(StepCard, {
		step: 412,
		merge: MERGE,
		pairs: PAIRS,
		runnersUp: RUNNERS_UP,
		ties: 'huggingface' as const,
		tokensLeft: 50_000,
		bytes: 100_000,
		onpredict: vi.fn(),
		prediction: createRawSnippet(() => ({ render: () => '<p>Which pair?</p>' })),
		...more
	});
	screen.container.style.width = '700px';
	const text = (selector: string) =>
		[...screen.container.querySelectorAll(selector)].map(({ textContent }) =>
			(textContent ?? '').replace(/\s+/g, ' ').trim()
		);
	const height = () => screen.container.getBoundingClientRect().height;
	return { ...screen, text, height };
}

it('shows the pair, the token, its count, and how many tokens are left', async () => {
	const { text } = await mount();
	expect(text('h2')).toEqual(['Merge 412']);
	expect(text('.merge > .pair')).toEqual(['·th + e → ·the']);
	expect(text('.said > p:first-child')).toEqual([
		'4,102 times in the corpus. No other pair occurred more often (1,234 distinct pairs). New token: id 667.'
	]);
	expect(text('.merge > p')).toContain('50,000 tokens in the corpus');
	expect(text('.merge > p')).toContain('4,100 fewer than 54,100 · 2.00 bytes per token');
	expect(text('li')).toEqual(['in + g 4,102', 'e + r 4,010', '', '', '', '']);
});

it('shows the tied pairs and the tie-breaking rule', async () => {
	const { text, rerender, container } = await mount();
	expect(text('.tie')).toEqual(['3 pairs occurred 4,102 times. The smallest pair of ids wins.']);
	expect(container.querySelectorAll('.tied')).toHaveLength(1);
	await rerender({ ties: 'first-seen' });
	expect(text('.tie')).toEqual(['3 pairs occurred 4,102 times. The first-seen pair wins.']);
	await rerender({ pairs: { ...PAIRS, tied: 1 }, runnersUp: [] });
	expect(text('.tie')).toEqual(['']);
	expect(text('li')[0]).toBe('There was no other pair to merge.');
});

it('shows the pair and the count before the merge happens, in the same space', async () => {
	const { text, height, rerender, container } = await mount();
	const after = height();
	await rerender({ isBefore: true });
	expect(text('[data-tokens-left]')).toEqual(['54,100']);
	const product = container.querySelector('.product');
	expect(product && getComputedStyle(product).opacity).toBe('0');
	expect(height()).toBe(after);
	// So it does while candidates are counted, and before the first merge.
	await rerender({ isBefore: false, pairs: null, runnersUp: null });
	expect(height()).toBe(after);
	await rerender({ step: 0, merge: null });
	expect(height()).toBe(after);
	expect(text('h2')).toEqual(['Before the first merge']);
});

it('shows part of a character as bytes, and says that the token already existed', async () => {
	const part = { id: 300, bytes: Uint8Array.of(0xe2, 0x80) };
	const { container, text } = await mount({ merge: { ...MERGE, left: part, reused: true } });
	expect(text('.byte')).toEqual(['e2', '80']);
	expect(container.textContent).not.toContain('\ufffd');
	expect(text('.said > p:first-child')[0]).toMatch(/Another pair spells the same token, id 667\.$/);
});

it('shows a prediction in place of the runners-up', async () => {
	const onpredict = vi.fn<(predicts: boolean) => void>();
	const { text, rerender, getByRole } = await mount({ onpredict });
	await userEvent.click(getByRole('button', { name: 'Predict the next merge' }));
	expect(onpredict).toHaveBeenLastCalledWith(true);
	await rerender({ predicts: true });
	expect(text('li')).toEqual([]);
	expect(text('p')).toContain('Which pair?');
	await userEvent.click(getByRole('button', { name: 'Show the runners-up' }));
	expect(onpredict).toHaveBeenLastCalledWith(false);
});
