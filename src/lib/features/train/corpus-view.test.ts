import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, fileOf, trainedOn } from '../../../../tests/support/fake-training';
import { sized } from '../../../../tests/support/size';
import { createReplay, type MergeSteps } from '../../engine/train';
import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../../engine/text/utf8';
import { CorpusView } from './corpus-view.svelte';
import type { Trained } from './train.svelte';
import { EXTRAS } from '../../engine/stages';

/** Steps in which nothing is merged. */
const plain = (text: Uint8Array): MergeSteps => ({
	bytes: Uint8Array.from(text),
	mergedAt: new Int32Array(text.length + 1),
	products: new Uint32Array(text.length + 1)
});

/** A view whose workers answer immediately. Sizes are in bytes. */
function viewOf(section: number, window: number, stepsOf = plain) {
	const workers = { steps: ({ text }: { text: Uint8Array }) => Promise.resolve(stepsOf(text)) };
	return new CorpusView(workers, { section, window });
}

/** The drawn text, and its byte offsets in the corpus. */
function drawn({ window }: CorpusView) {
	if (!window) throw new Error('got no window, expected one');
	const bytes = window.steps.bytes.subarray(window.byteFrom, window.byteTo);
	expect(firstInvalidUtf8(bytes)).toBe(-1);
	return { text: decodeUtf8(bytes), first: window.first, last: window.last };
}

describe('the windows of a corpus', () => {
	const text = fc
		.array(fc.constantFrom('a', 'bc', '\n', '\n', 'é', '日', '😀'), { minLength: 1, maxLength: 40 })
		.map((parts) => parts.join(''));
	const sizes = fc.record({
		section: fc.integer({ min: 8, max: 40 }),
		window: fc.integer({ min: 4, max: 16 })
	});

	it('are adjacent, to the end and back to the start, over all sections', async () => {
		await fc.assert(
			fc.asyncProperty(text, sizes, async (text, { section, window }) => {
				const trained = trainedOn(text);
				const view = viewOf(section, window);
				view.follow(trained);
				await settle();
				const forwards = [drawn(view)];
				while (drawn(view).last < trained.bytes) {
					view.turn(1);
					await settle();
					expect(drawn(view).first).toBe(forwards.at(-1)?.last);
					forwards.push(drawn(view));
				}
				expect(forwards.map((window) => window.text).join('')).toBe(text);
				view.turn(1);
				await settle();
				expect(drawn(view)).toEqual(forwards.at(-1));
				const backwards = [drawn(view)];
				while (drawn(view).first > 0) {
					view.turn(-1);
					await settle();
					expect(drawn(view).last).toBe(backwards[0].first);
					backwards.unshift(drawn(view));
				}
				expect(backwards.map((window) => window.text).join('')).toBe(text);
			}),
			{ numRuns: sized(15, 40) }
		);
	});
});

describe('what is shown', () => {
	function setUp() {
		const fake = fakeTraining();
		const state = new CorpusView(fake.workers, { section: 8, window: 8 });
		const follow = async (trained: Trained) => {
			state.follow(trained);
			await settle();
		};
		/** Answers the last call, and waits until the answer is shown. */
		const answer = async () => {
			const call = fake.steps.at(-1);
			call?.resolve(plain(call.params.text));
			await settle();
		};
		return { ...fake, state, follow, answer };
	}

	it('is asked for as training split it, and once', async () => {
		const { state, steps, follow, answer } = setUp();
		const trained = trainedOn('ab\ncd');
		await follow(trained);
		expect(state.window).toBeNull();
		expect(steps[0].params).toMatchObject({ session: 'train', run: 1, feed: 'lines' });
		await answer();
		await follow(trained);
		expect(steps).toHaveLength(1);
		expect(state.window).toMatchObject({ first: 0, last: 5, total: 5, trained });
	});

	it('is the prerendered part at first, also once a worker holds the training', async () => {
		const { state, steps, follow, answer } = setUp();
		const text = '0123456789';
		const prerendered = trainedOn(text, { run: 0 });
		const first = plain(encodeUtf8(text.slice(0, 8)));
		state.seed(prerendered, first);
		expect(state.window).toMatchObject({ first: 0, last: 8, total: 10, trained: prerendered });
		const held = { ...prerendered, run: { session: 'train', run: 1 } };
		await follow(held);
		expect(steps).toHaveLength(0);
		expect(state.window).toMatchObject({ steps: first, trained: held });
		// Moving to a different window requires the whole section.
		const completed = state.complete();
		await settle();
		expect(steps[0].params).toMatchObject({ run: 1, text: encodeUtf8(text.slice(0, 8)) });
		await answer();
		await completed;
		await state.complete();
		expect(steps).toHaveLength(1);
	});

	it('belongs to the previous training until the new one is answered, and does not move in it', async () => {
		const { state, steps, follow, answer } = setUp();
		const before = trainedOn('0123456789');
		const after = trainedOn('after', { run: 2 });
		await follow(before);
		await answer();
		await follow(after);
		expect(state.window?.trained).toBe(before);
		state.turn(1);
		await answer();
		expect(state.window?.trained).toBe(after);
		expect(drawn(state).text).toBe('after');
		expect(steps).toHaveLength(2);
	});

	it('is empty for a table of counts, even after a late answer', async () => {
		const { state, follow, answer } = setUp();
		const trained = trainedOn('before');
		await follow(trained);
		const file = fileOf('a.tsv', '"a"\t1\n');
		state.follow({ ...trained, corpus: { kind: 'file', file, format: 'counts' } });
		await answer();
		expect(state.window).toBeNull();
		state.turn(1);
		expect(state.showNextOccurrence({ left: 97, right: 98 }, 0, 0)).toBeNull();
	});

	it('reports an error until another training is shown', async () => {
		const { state, steps, follow } = setUp();
		await follow(trainedOn('ab'));
		steps[0].reject(new Error('train again'));
		await settle();
		expect(state.problem).toBe('Train again');
		state.follow(trainedOn('cd'));
		expect(state.problem).toBeNull();
	});
});

describe('the occurrences of a pair', () => {
	const AB = { left: 97, right: 98 };
	// The pair occurs at bytes 0, 13 and 26.
	const corpus = 'ab__________\nab__________\nab';
	const trained = trainedOn('ab ab ab');

	async function setUp() {
		const view = viewOf(1000, 13, (text) => createReplay(trained.training, EXTRAS).steps(text));
		view.follow(trainedOn(corpus));
		await settle();
		return view;
	}

	it('are shown in order, around the end, if there are any', async () => {
		const view = await setUp();
		for (let i = 0, at = 0; i < 4; i++) {
			const place = view.showNextOccurrence(AB, 0, at);
			expect(place).toEqual({ start: [0, 13, 26, 0][i], end: [2, 15, 28, 2][i] });
			at = place?.end ?? 0;
			expect(drawn(view).first).toBeLessThanOrEqual(at - 2);
			expect(drawn(view).last).toBeGreaterThanOrEqual(at);
		}
		const { first } = drawn(view);
		expect(view.showNextOccurrence(AB, 1, 0)).toBeNull();
		expect(drawn(view).first).toBe(first);
	});
});
