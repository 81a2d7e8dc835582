import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainedOn } from '../../../../tests/support/fake-training';
import type { PairsAfter } from '../../engine/train';
import { MAX_PAIRS } from './merge-step';
import { queryPairs, queryUsage } from './page.svelte';

const some = (tied: number): PairsAfter => ({ pairs: [], tied, distinct: tied, barred: 0 });

describe('queryPairs', () => {
	function setUp() {
		const { workers, pairs } = fakeTraining();
		return { query: queryPairs(workers), pairs, trained: trainedOn('aaabdaaabac') };
	}

	it('asks for the pairs one merge earlier, which the merge was chosen from', async () => {
		const { query, pairs, trained } = setUp();
		void query.ask({ trained, step: 3 });
		expect(pairs[0].params).toEqual({ session: 'train', run: 1, merges: 2, most: MAX_PAIRS });
		expect(query.valueFor({ trained, step: 3 })).toBeNull();
		pairs[0].resolve(some(2));
		await settle();
		expect(query.valueFor({ trained, step: 3 })).toEqual(some(2));
		void query.ask({ trained, step: 3 });
		expect(pairs).toHaveLength(1);
	});

	it('asks for the same pairs at step 0', () => {
		const { query, pairs, trained } = setUp();
		void query.ask({ trained, step: 0 });
		expect(pairs[0].params.merges).toBe(0);
	});

	it('has the prerendered pairs of one step and one training only', () => {
		const { query, pairs, trained } = setUp();
		query.seed({ trained, step: 2 }, some(1));
		void query.ask({ trained, step: 2 });
		expect(pairs).toEqual([]);
		expect(query.valueFor({ trained, step: 2 })).toEqual(some(1));
		expect(query.valueFor({ trained, step: 1 })).toBeNull();
		expect(query.valueFor({ trained: trainedOn('aaabdaaabac'), step: 2 })).toBeNull();
	});

	it('asks only for the latest of several steps', async () => {
		const { query, pairs, trained } = setUp();
		for (const step of [1, 2, 3]) void query.ask({ trained, step });
		expect(pairs).toHaveLength(1);
		pairs[0].resolve(some(1));
		await settle();
		expect(pairs[1].params.merges).toBe(2);
		expect(query.valueFor({ trained, step: 3 })).toBeNull();
	});

	it('reports an error, but not of a replaced training', async () => {
		const { query, pairs, trained } = setUp();
		const next = trainedOn('abab', { run: 2 });
		void query.ask({ trained, step: 1 });
		void query.ask({ trained: next, step: 1 });
		pairs[0].reject(new Error('This training is no longer in memory. Train again.'));
		await settle();
		expect(query.error).toBeNull();
		pairs[1].reject(new Error('no memory'));
		await settle();
		expect(query.error).toBe('No memory');
		void query.ask({ trained: next, step: 0 });
		expect(query.error).toBeNull();
	});
});

describe('queryUsage', () => {
	it('counts tokens at a step, once', async () => {
		const { workers, usages } = fakeTraining();
		const query = queryUsage(workers);
		const trained = trainedOn('aaabdaaabac');
		void query.ask({ trained, step: 2 });
		expect(usages[0].params).toEqual({ session: 'train', run: 1, merges: 2 });
		expect(query.valueFor({ trained, step: 2 })).toBeNull();
		usages[0].resolve(Float64Array.of(1, 2));
		await settle();
		expect(query.valueFor({ trained, step: 2 })).toEqual(Float64Array.of(1, 2));
		expect(query.valueFor({ trained, step: 1 })).toBeNull();
		void query.ask({ trained, step: 2 });
		expect(usages).toHaveLength(1);
	});

	it('has no counts of another step or another training', async () => {
		const { workers, usages } = fakeTraining();
		const query = queryUsage(workers);
		const trained = trainedOn('aaabdaaabac');
		void query.ask({ trained, step: 1 });
		const next = trainedOn('aaabdaaabac', { run: 2 });
		void query.ask({ trained: next, step: 1 });
		usages[0].resolve(Float64Array.of(1));
		await settle();
		expect(query.valueFor({ trained: next, step: 1 })).toBeNull();
		usages[1].reject(new Error('no memory'));
		await settle();
		expect(query.error).toBe('No memory');
	});
});
