import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainedOn } from '../../../../tests/support/fake-training';
import type { PairsAfter } from '../../engine/train';
import { MOST_PAIRS, StepCandidates } from './candidates.svelte';

const some = (tied: number): PairsAfter => ({ pairs: [], tied, distinct: tied, barred: 0 });

function setUp() {
	const fake = fakeTraining();
	const state = new StepCandidates(() => fake.workers);
	return { ...fake, state, trained: trainedOn('aaabdaaabac') };
}

describe('StepCandidates', () => {
	it('asks for what the merge of the step was chosen from: one merge earlier', async () => {
		const { state, pairs, trained } = setUp();
		state.follow(trained, 3);
		expect(pairs[0].params).toEqual({ session: 'train', run: 1, merges: 2, most: MOST_PAIRS });
		expect(state.of(trained, 3)).toBeNull();
		pairs[0].resolve(some(2));
		await settle();
		expect(state.of(trained, 3)).toEqual(some(2));
		state.follow(trained, 3);
		expect(pairs).toHaveLength(1);
	});

	it('asks for the first merge before it, too', () => {
		const { state, pairs, trained } = setUp();
		state.follow(trained, 0);
		expect(pairs[0].params.merges).toBe(0);
	});

	it('knows what came with the page, of that step and that training alone', () => {
		const { state, pairs, trained } = setUp();
		state.know(trained, 2, some(1));
		state.follow(trained, 2);
		expect(pairs).toEqual([]);
		expect(state.of(trained, 2)).toEqual(some(1));
		expect(state.of(trained, 1)).toBeNull();
		expect(state.of(trainedOn('aaabdaaabac'), 2)).toBeNull();
	});

	it('asks for the last of the steps that were passed on the way', async () => {
		const { state, pairs, trained } = setUp();
		for (const step of [1, 2, 3]) state.follow(trained, step);
		expect(pairs).toHaveLength(1);
		pairs[0].resolve(some(1));
		await settle();
		expect(pairs[1].params.merges).toBe(2);
		expect(state.of(trained, 3)).toBeNull();
	});

	it('says what went wrong, but not of a training that was overtaken', async () => {
		const { state, pairs, trained } = setUp();
		const next = trainedOn('abab', { run: 2 });
		state.follow(trained, 1);
		state.follow(next, 1);
		pairs[0].reject(new Error('This training is no longer held in memory: train again.'));
		await settle();
		expect(state.problem).toBeNull();
		pairs[1].reject(new Error('no memory'));
		await settle();
		expect(state.problem).toBe('no memory');
		state.follow(next, 0);
		expect(state.problem).toBeNull();
	});
});
