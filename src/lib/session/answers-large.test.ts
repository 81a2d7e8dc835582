import { describe, expect, it, vi } from 'vitest';
import { encoded } from '../../../tests/support/fake-calls';
import { counts, fakeAnswers, statuses } from '../../../tests/support/fake-answers';
import { pass, useFakeTimers } from '../../../tests/support/fake-timers';
import type { BoundaryComparison } from '../tokenizers/differing-spans';

/** Large enough that two answers to it are compared in a worker. */
const LARGE = 'x'.repeat(600_000);

const compared = (place: [number, number], marks: number[]): BoundaryComparison => ({
	differences: Uint32Array.from(place),
	differs: marks.map((mark) => Uint8Array.of(mark))
});

/** A state whose tokenizers have all answered the large text, with one token each. */
async function answered(tokenizers: string[]) {
	const fakes = fakeAnswers(tokenizers);
	fakes.state.setText(LARGE);
	await pass(10);
	for (const id of tokenizers) fakes.asked(id).resolve(encoded(LARGE.length));
	await pass(10);
	return fakes;
}

useFakeTimers();
describe('a large text', () => {
	it('is drawn before the tokenizers are asked, and asked about only if it is still there', async () => {
		const { state, encodes } = fakeAnswers(['a']);
		state.setText(LARGE);
		expect(encodes).toEqual([]);
		state.setText(`${LARGE}y`);
		await pass(10);
		expect(encodes.map(({ params }) => params.text.length)).toEqual([LARGE.length + 1]);
	});

	it('shows its counts before a worker has compared, and the differences after', async () => {
		const { state, comparisons } = await answered(['a', 'b']);
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(counts(state)).toEqual([1, 1]);
		expect(state.card('a').differs).toBeNull();
		expect([...state.differences]).toEqual([]);
		expect(comparisons).toHaveLength(1);
		const { encodings, length } = comparisons[0].params;
		expect(length).toBe(LARGE.length);
		expect(encodings.map(({ byteEnds }) => [...byteEnds])).toEqual([
			[LARGE.length],
			[LARGE.length]
		]);

		comparisons[0].resolve(compared([3, 7], [1, 0]));
		await pass(10);
		expect([...state.differences]).toEqual([3, 7]);
		expect([...(state.card('a').differs ?? [])]).toEqual([1]);
		expect([...(state.card('b').differs ?? [])]).toEqual([0]);
	});

	it('shows its answers one by one, each in its own task', async () => {
		const { state, asked } = fakeAnswers(['a', 'b']);
		state.setText(LARGE);
		await pass(10);
		asked('a').resolve(encoded(LARGE.length));
		asked('b').resolve(encoded(LARGE.length));
		await Promise.resolve();
		vi.advanceTimersToNextTimer();
		await Promise.resolve();
		expect(statuses(state)).not.toEqual(['ready', 'ready']);
		await pass(10);
		expect(statuses(state)).toEqual(['ready', 'ready']);
	});

	it('is not coloured by the comparison of an earlier text', async () => {
		const { state, comparisons, asked } = await answered(['a', 'b']);
		state.setText('abc');
		expect(comparisons[0].options.signal?.aborted).toBe(true);
		asked('a').resolve(encoded(1, 3));
		asked('b').resolve(encoded(2, 3));
		await pass();
		expect([...state.differences]).toEqual([0, 3]);
		comparisons[0].resolve(compared([3, 7], [1, 0]));
		await pass(10);
		expect([...state.differences]).toEqual([0, 3]);
		expect([...(state.card('a').differs ?? [])]).toEqual([1, 1]);
	});

	it('is not coloured by a comparison with a removed tokenizer', async () => {
		const { state, comparisons } = await answered(['a', 'b', 'c']);
		state.setTokenizers(['a', 'b']);
		await pass(10);
		expect(comparisons.map(({ params }) => params.encodings.length)).toEqual([3, 2]);
		comparisons[1].resolve(compared([5, 6], [0, 1]));
		await pass(10);
		comparisons[0].resolve(compared([3, 7], [1, 0, 1]));
		await pass(10);
		expect([...state.differences]).toEqual([5, 6]);
		expect([...(state.card('a').differs ?? [])]).toEqual([0]);
	});

	it('keeps its counts if the comparison fails, which is reported unless a newer text ended it', async () => {
		const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
		const { state, comparisons } = await answered(['a', 'b']);
		const error = new Error('out of memory');
		comparisons[0].reject(error);
		await pass(10);
		expect(report).toHaveBeenCalledExactlyOnceWith(error);
		expect(statuses(state)).toEqual(['ready', 'ready']);
		expect(counts(state)).toEqual([1, 1]);
		const ended = await answered(['a', 'b']);
		ended.state.setText('abc');
		ended.comparisons[0].reject(new Error('The input changed.'));
		await pass(10);
		expect(report).toHaveBeenCalledOnce();
	});
});
