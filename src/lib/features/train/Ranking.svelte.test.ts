import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { PairCount } from './merge-step';
import Ranking from './Ranking.svelte';

const token = (id: number, text: string) => ({ id, bytes: new TextEncoder().encode(text) });

const PAIRS: readonly PairCount[] = [
	{ left: token(101, 'e'), right: token(115, 's'), count: 4102 },
	{ left: token(115, 's'), right: { id: 300, bytes: Uint8Array.of(0xe2, 0x80) }, count: 4102 },
	{ left: token(256, ' th'), right: token(101, 'e'), count: 2051 }
];

async function mount(more: Record<string, unknown> = {}) {
	const onchoose = vi.fn<(place: number | null) => void>();
	const props = { pairs: PAIRS, isCounting: false, chosen: null, onchoose, ...more };
	const screen = await render(Ranking, props);
	const list = screen.container.querySelector('ol');
	const buttons = () => [...screen.container.querySelectorAll('button')];
	return { ...screen, onchoose, buttons, height: () => list?.getBoundingClientRect().height };
}

it('shows bars as long as the pairs are frequent, and which one is merged', async () => {
	const { buttons } = await mount();
	const words = buttons().map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
	expect(words).toEqual([
		'e + s 4,1024,102 times merged',
		's + e280 4,1024,102 times',
		'·th + e 2,0512,051 times'
	]);
	const widths = buttons().map(
		(button) => button.querySelector('.length')?.getBoundingClientRect().width ?? 0
	);
	expect(widths[1]).toBe(widths[0]);
	expect(widths[2]).toBeCloseTo(widths[0] / 2, 0);
});

it('chooses a pair, and gives it up again', async () => {
	const { buttons, onchoose, rerender } = await mount();
	await userEvent.click(buttons()[1]);
	expect(onchoose).toHaveBeenLastCalledWith(1);
	await rerender({ chosen: 1 });
	expect(buttons().map(({ ariaPressed }) => ariaPressed)).toEqual(['false', 'true', 'false']);
	await userEvent.click(buttons()[1]);
	expect(onchoose).toHaveBeenLastCalledWith(null);
});

it('keeps its height while pairs are counted', async () => {
	const { height, rerender, container } = await mount();
	const before = height();
	await rerender({ pairs: null, isCounting: true });
	expect(container.querySelector('ol')?.getAttribute('aria-busy')).toBe('true');
	expect(height()).toBe(before);
});
