import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainedOn } from '../../../../tests/support/fake-training';
import { createReplay } from '../../engine/train';
import { encodeUtf8 } from '../../engine/text/utf8';
import { TextSteps } from './text-steps.svelte';
import { EXTRAS } from '../../engine/stages';

const stepsOf = (text: string) =>
	createReplay(trainedOn('aaabdaaabac').training, EXTRAS).steps(encodeUtf8(text));

function setUp() {
	const fake = fakeTraining();
	return { ...fake, state: new TextSteps(fake.workers), trained: trainedOn('aaabdaaabac') };
}

describe('TextSteps', () => {
	it('is empty at first', () => {
		const { state } = setUp();
		expect([state.shown, state.problem, state.countAfter(0)]).toEqual([null, null, null]);
	});

	it('shows the text of a training without asking', () => {
		const { state, steps, trained } = setUp();
		state.follow(trained, trained.text);
		expect(state.shown?.steps).toBe(trained.steps);
		expect(steps).toEqual([]);
		// 11 letters; then a+a, and then what minbpe publishes: five tokens after three merges.
		expect([0, 1, 3].map((merges) => state.countAfter(merges))).toEqual([11, 9, 5]);
		expect(state.countAfter(99)).toBe(5);
	});

	it('asks for another text, and shows the previous one meanwhile', async () => {
		const { state, steps, trained } = setUp();
		state.follow(trained, trained.text);
		const text = encodeUtf8('aaab');
		state.follow(trained, text);
		expect(steps[0].params).toEqual({ session: 'train', run: 1, text });
		expect(state.shown?.text).toBe(trained.text);
		steps[0].resolve(stepsOf('aaab'));
		await settle();
		expect(state.shown?.text).toBe(text);
		expect(state.countAfter(0)).toBe(4);
	});

	it('tells whether what it shows is of a text in a training, by the bytes of the text', async () => {
		const { state, steps, trained } = setUp();
		state.follow(trained, trained.text);
		const isOf = (text: string, of = trained) => state.isOf(of, encodeUtf8(text));
		expect([isOf('aaabdaaabac'), isOf('aaab'), isOf('aaabdaaabad')]).toEqual([true, false, false]);
		expect(isOf('aaabdaaabac', trainedOn('aaabdaaabac', { run: 2 }))).toBe(false);
		state.follow(trained, encodeUtf8('aaab'));
		expect([isOf('aaabdaaabac'), isOf('aaab')]).toEqual([true, false]);
		steps[0].resolve(stepsOf('aaab'));
		await settle();
		expect([isOf('aaabdaaabac'), isOf('aaab')]).toEqual([false, true]);
	});

	it('asks no worker about a training that none holds', () => {
		const { state, steps } = setUp();
		const prerendered = trainedOn('aaabdaaabac', { run: 0 });
		state.follow(prerendered, encodeUtf8('aaab'));
		expect([state.shown, steps]).toEqual([null, []]);
		state.follow(prerendered, encodeUtf8('aaabdaaabac'));
		expect(state.countAfter(3)).toBe(5);
	});

	it('drops an answer to an earlier text', async () => {
		const { state, steps, trained } = setUp();
		state.follow(trained, trained.text);
		state.follow(trained, encodeUtf8('aaab'));
		state.follow(trained, trained.text);
		steps[0].resolve(stepsOf('aaab'));
		await settle();
		expect(state.shown?.text).toBe(trained.text);
	});

	it('drops the answer for a previous training if the new one has the steps', async () => {
		const { state, steps, trained } = setUp();
		state.follow(trained, encodeUtf8('aaab'));
		const next = trainedOn('aaab', { run: 2 });
		state.follow(next, next.text);
		steps[0].resolve(stepsOf('aaab'));
		await settle();
		expect(state.shown?.trained).toBe(next);
	});

	it('reports an error until the next request', async () => {
		const { state, steps, trained } = setUp();
		state.follow(trained, encodeUtf8('aaab'));
		steps[0].reject(new Error('train again'));
		await settle();
		expect(state.problem).toBe('Train again');
		state.follow(trained, encodeUtf8('aa'));
		expect(state.problem).toBeNull();
	});
});
