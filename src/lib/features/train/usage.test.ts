import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainedOn } from '../../../../tests/support/fake-training';
import { TokenUsage } from './usage.svelte';

describe('TokenUsage', () => {
	it('is counted of the step that is shown, once', async () => {
		const { workers, usages } = fakeTraining();
		const state = new TokenUsage(() => workers);
		const trained = trainedOn('aaabdaaabac');
		state.follow(trained, 2);
		expect(usages[0].params).toEqual({ session: 'train', run: 1, merges: 2 });
		expect(state.of(trained, 2)).toBeNull();
		usages[0].resolve(Float64Array.of(1, 2));
		await settle();
		expect(state.of(trained, 2)).toEqual(Float64Array.of(1, 2));
		expect(state.of(trained, 1)).toBeNull();
		state.follow(trained, 2);
		expect(usages).toHaveLength(1);
	});

	it('is not shown of a step that is no longer there, nor of another training', async () => {
		const { workers, usages } = fakeTraining();
		const state = new TokenUsage(() => workers);
		const trained = trainedOn('aaabdaaabac');
		state.follow(trained, 1);
		const next = trainedOn('aaabdaaabac', { run: 2 });
		state.follow(next, 1);
		usages[0].resolve(Float64Array.of(1));
		await settle();
		expect(state.of(next, 1)).toBeNull();
		usages[1].reject(new Error('no memory'));
		await settle();
		expect(state.problem).toBe('no memory');
	});
});
