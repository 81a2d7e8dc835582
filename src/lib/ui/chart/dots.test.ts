import { expect, it } from 'vitest';
import { axisGrid, isWindowed, labelSides, rowHeight, ticksApart } from './dots';

it('puts the label of the lowest value on the left, and shows equal labels once', () => {
	const sides = (...values: (number | null)[]) => labelSides(values);
	expect(sides(2.02, 1.52)).toEqual(['right', 'left']);
	expect(sides(1, 1)).toEqual(['right', null]);
	expect(sides(17.871, 17.874)).toEqual(['right', null]);
	expect(sides(null, 3)).toEqual([null, 'right']);
	expect(sides(null)).toEqual([null]);
});

it('gives each series its own line on narrow pages', () => {
	expect([rowHeight(12, false), rowHeight(2, true), rowHeight(12, true)]).toEqual([28, 46, 292]);
});

it('draws a stronger line at 1', () => {
	const ticks = [
		{ ratio: 1, at: 0 },
		{ ratio: 2, at: 0.5 }
	];
	expect(axisGrid(ticks)).toBe(
		'linear-gradient(var(--edge), var(--edge)) 0.000% 0 / 1px 100% no-repeat, ' +
			'linear-gradient(var(--line), var(--line)) 50.000% 0 / 1px 100% no-repeat'
	);
});

it('omits ticks without room, but never the one at 1', () => {
	const at = (ratio: number) => Math.log2(ratio) / 4;
	const ticks = [1, 2, 4, 8, 16].map((ratio) => ({ ratio, at: at(ratio) }));
	const kept = (apart: number) => ticksApart({ at, ticks }, apart).map(({ ratio }) => ratio);
	expect(kept(0.06)).toEqual([1, 16, 8, 4, 2]);
	expect(kept(0.5)).toEqual([1, 16, 4]);
	expect(kept(1.5)).toEqual([1]);
});

it('scrolls if there are many rows, or if a few are high', () => {
	expect([isWindowed(60, 28), isWindowed(61, 28)]).toEqual([false, true]);
	// Twelve languages in thirty tokenizers on a phone.
	expect([isWindowed(12, rowHeight(2, true)), isWindowed(12, rowHeight(30, true))]).toEqual([
		false,
		true
	]);
});
