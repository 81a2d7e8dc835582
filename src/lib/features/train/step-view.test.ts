import { expect, it } from 'vitest';
import { THREE_MERGES, trainedOn } from '../../../../tests/support/fake-training';
import { stepWindow } from './step-view';

/** minbpe's example: aa is 256, aaa 257, aaab 258. */
const { steps, tokens } = trainedOn('aaabdaaabac', {
	rules: { ...THREE_MERGES, ties: 'first-seen' }
});

it('returns the tokens at a step, and where its merge joined two', () => {
	const shown = stepWindow(steps, tokens, 1, [0, 11], null);
	expect(shown.document).toBe(steps.bytes);
	expect([...shown.encoding.ids]).toEqual([256, 97, 98, 100, 256, 97, 98, 97, 99]);
	expect([...shown.boundaries]).toEqual([1, 6]);
	expect([...stepWindow(steps, tokens, 3, [0, 11], null).encoding.ids]).toEqual([
		258, 100, 258, 97, 99
	]);
	expect([...stepWindow(steps, tokens, 0, [0, 11], null).boundaries]).toEqual([]);
});

it('returns the tokens before a merge, with the boundaries of any pair', () => {
	const before = (left: number, right: number) => {
		const shown = stepWindow(steps, tokens, 2, [0, 11], { left, right });
		expect([...shown.encoding.ids]).toEqual([256, 97, 98, 100, 256, 97, 98, 97, 99]);
		expect(shown.isBefore).toBe(true);
		return [...shown.boundaries];
	};
	expect(before(256, 97)).toEqual([2, 7]);
	expect(before(97, 98)).toEqual([3, 8]);
	expect(before(97, 99)).toEqual([10]);
});

it('returns the tokens that overlap the window', () => {
	const shown = stepWindow(steps, tokens, 3, [2, 7], null);
	expect(shown.window).toEqual({ start: 2, end: 7 });
	expect([...shown.encoding.ids]).toEqual([258, 100, 258]);
	expect([...shown.encoding.byteStarts]).toEqual([0, 4, 5]);
	expect([...stepWindow(steps, tokens, 1, [2, 7], null).boundaries]).toEqual([6]);
});

it('returns the bytes at which a token begins at every step', () => {
	// aaab d aaab a c at the end.
	expect([...stepWindow(steps, tokens, 1, [0, 11], null).anchors]).toEqual([0, 4, 5, 9, 10]);
	expect([...stepWindow(steps, tokens, 1, [1, 5], null).anchors]).toEqual([4]);
});
