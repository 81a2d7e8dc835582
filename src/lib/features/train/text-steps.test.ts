import { expect, it } from 'vitest';
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
	const trained = trainedOn('aaabdaaabac');
	const state = new TextSteps(fake.workers);
	/** Answers the first request, about the text "aaab". */
	const answer = async () => {
		fake.steps[0].resolve(stepsOf('aaab'));
		await settle();
	};
	return { ...fake, state, trained, answer };
}

it('shows the text of a training without asking', () => {
	const { state, steps, trained } = setUp();
	expect([state.shown, state.problem]).toEqual([null, null]);
	state.follow(trained, trained.text);
	expect(state.shown?.steps).toBe(trained.steps);
	expect(steps).toEqual([]);
});

it('asks for another text, and shows the previous one meanwhile', async () => {
	const { state, steps, trained, answer } = setUp();
	state.follow(trained, trained.text);
	const text = encodeUtf8('aaab');
	state.follow(trained, text);
	expect(steps[0].params).toEqual({ session: 'train', run: 1, text });
	expect(state.shown?.text).toBe(trained.text);
	await answer();
	expect(state.shown?.text).toBe(text);
});

it('tells whether what it shows is of a text in a training, by the bytes of the text', async () => {
	const { state, trained, answer } = setUp();
	state.follow(trained, trained.text);
	const isOf = (text: string, of = trained) => state.isOf(of, encodeUtf8(text));
	expect([isOf('aaabdaaabac'), isOf('aaab'), isOf('aaabdaaabad')]).toEqual([true, false, false]);
	expect(isOf('aaabdaaabac', trainedOn('aaabdaaabac', { run: 2 }))).toBe(false);
	state.follow(trained, encodeUtf8('aaab'));
	expect([isOf('aaabdaaabac'), isOf('aaab')]).toEqual([true, false]);
	await answer();
	expect([isOf('aaabdaaabac'), isOf('aaab')]).toEqual([false, true]);
});

it('asks no worker about a training that none holds', () => {
	const { state, steps } = setUp();
	const prerendered = trainedOn('aaabdaaabac', { run: 0 });
	state.follow(prerendered, encodeUtf8('aaab'));
	expect([state.shown, steps]).toEqual([null, []]);
	state.follow(prerendered, encodeUtf8('aaabdaaabac'));
	expect(state.shown?.steps).toBe(prerendered.steps);
});

it('drops the answer about an earlier training, whose text the new one has', async () => {
	const { state, trained, answer } = setUp();
	state.follow(trained, encodeUtf8('aaab'));
	const next = trainedOn('aaab', { run: 2 });
	state.follow(next, next.text);
	await answer();
	expect(state.shown?.trained).toBe(next);
});
