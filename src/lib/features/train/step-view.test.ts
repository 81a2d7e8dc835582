import { expect, it } from 'vitest';
import { THREE_MERGES, trainedOn } from '../../../../tests/support/fake-training';
import { stepWindow } from './step-view';

/** minbpe's example: aa is 256, aaa 257, aaab 258. */
const { steps, tokens } = trainedOn('aaabdaaabac', {
	rules: { ...THREE_MERGES, ties: 'first-seen' }
});

it('returns the tokens at a step, and where its merge joined two', () => {
	const shown = stepWindow(steps, tokens, 1, 0, 11);
	expect(shown.document).toBe(steps.bytes);
	expect([...shown.encoding.ids]).toEqual([256, 97, 98, 100, 256, 97, 98, 97, 99]);
	expect([...shown.boundaries]).toEqual([1, 6]);
	expect([...stepWindow(steps, tokens, 3, 0, 11).encoding.ids]).toEqual([258, 100, 258, 97, 99]);
	expect([...stepWindow(steps, tokens, 0, 0, 11).boundaries]).toEqual([]);
});

it('returns the tokens before a merge, with the boundaries that it will remove', () => {
	const shown = stepWindow(steps, tokens, 2, 0, 11, true);
	expect([...shown.encoding.ids]).toEqual([256, 97, 98, 100, 256, 97, 98, 97, 99]);
	expect([...shown.boundaries]).toEqual([...stepWindow(steps, tokens, 2, 0, 11).boundaries]);
});

it('returns the tokens that overlap the window', () => {
	const shown = stepWindow(steps, tokens, 3, 2, 7);
	expect(shown.window).toEqual({ start: 2, end: 7 });
	expect([...shown.encoding.ids]).toEqual([258, 100, 258]);
	expect([...shown.encoding.byteStarts]).toEqual([0, 4, 5]);
	expect([...stepWindow(steps, tokens, 1, 2, 7).boundaries]).toEqual([6]);
});

it('returns the bytes at which a token begins at every step', () => {
	// aaab d aaab a c at the end.
	expect([...stepWindow(steps, tokens, 1, 0, 11).anchors]).toEqual([0, 4, 5, 9, 10]);
	expect([...stepWindow(steps, tokens, 1, 1, 5).anchors]).toEqual([4]);
});
