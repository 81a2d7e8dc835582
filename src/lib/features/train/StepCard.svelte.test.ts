import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Candidates, MergeStep } from './merge-step';
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
const CANDIDATES: Candidates = {
	tied: 3,
	runnersUp: [
		{ left: token(105, 'in'), right: token(103, 'g'), count: 4102 },
		{ left: token(101, 'e'), right: token(114, 'r'), count: 4010 }
	]
};

async function mount(more: Record<string, unknown> = {}) {
	const screen = await render(StepCard, {
		step: 412,
		merge: MERGE,
		candidates: CANDIDATES,
		ties: 'huggingface',
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

describe('StepCard', () => {
	it('shows the pair, the token, its count, and the number of removed tokens', async () => {
		const { text } = await mount();
		expect(text('h2')).toEqual(['Merge 412']);
		expect(text('.merge > .pair')).toEqual(['·th + e → ·the']);
		expect(text('.said > p:first-child')).toEqual(['4,102 times · id 667 · 4,100 fewer tokens']);
		expect(text('li')).toEqual(['in + g 4,102', 'e + r 4,010', '', '']);
	});

	it('shows the tied pairs and the tie-breaking rule', async () => {
		const { text, rerender, container } = await mount();
		expect(text('.tie')).toEqual(['3 pairs occurred 4,102 times. The smallest pair of ids wins.']);
		expect(container.querySelectorAll('.tied')).toHaveLength(1);
		await rerender({ ties: 'first-seen' });
		expect(text('.tie')).toEqual(['3 pairs occurred 4,102 times. The first-seen pair wins.']);
		await rerender({ candidates: { ...CANDIDATES, tied: 1 } });
		expect(text('.tie')).toEqual(['']);
	});

	it('shows part of a character as bytes', async () => {
		const part = { id: 300, bytes: Uint8Array.of(0xe2, 0x80) };
		const { container, text } = await mount({ merge: { ...MERGE, left: part } });
		expect(text('.byte')).toEqual(['e2', '80']);
		expect(container.textContent).not.toContain('\ufffd');
	});

	it('says that the token already existed', async () => {
		const { text } = await mount({ merge: { ...MERGE, reused: true } });
		expect(text('.said > p:first-child')[0]).toContain('another pair spells the same');
	});

	it('keeps its height while candidates are counted, and before the first merge', async () => {
		const { height, rerender, text } = await mount();
		const before = height();
		await rerender({ candidates: null });
		expect(height()).toBe(before);
		await rerender({ step: 0, merge: null });
		expect(height()).toBe(before);
		expect(text('h2')).toEqual(['Before the first merge']);
	});

	it('says that there was no other pair', async () => {
		const { text } = await mount({ candidates: { tied: 1, runnersUp: [] } });
		expect(text('li')[0]).toBe('There was no other pair to merge.');
	});
});
