import { expect, it } from 'vitest';
import { settle } from '../../../../tests/support/fake-calls';
import { fakeTraining, trainedOn } from '../../../../tests/support/fake-training';
import type { PairsAfter } from '../../engine/train';
import { MAX_PAIRS } from './merge-step';
import { queryPairs } from './page.svelte';

const PAIRS: PairsAfter = { pairs: [], tied: 2, distinct: 2, barred: 0 };
const trained = trainedOn('aaabdaaabac');
const repeated = trainedOn('aaabdaaabac', { run: 2 });

it('asks for the pairs one merge earlier, which the merge was chosen from', async () => {
	const { workers, pairs } = fakeTraining();
	const query = queryPairs(workers);
	void query.ask({ trained, step: 3 });
	expect(pairs[0].params).toEqual({ session: 'train', run: 1, merges: 2, most: MAX_PAIRS });
	pairs[0].resolve(PAIRS);
	await settle();
	expect(query.valueFor({ trained, step: 3 })).toEqual(PAIRS);
	expect(query.valueFor({ trained, step: 2 })).toBeNull();
	expect(query.valueFor({ trained: repeated, step: 3 })).toBeNull();
	void query.ask({ trained, step: 0 });
	expect(pairs[1].params.merges).toBe(0);
});

it('asks only for the latest of several steps', async () => {
	const { workers, pairs } = fakeTraining();
	const query = queryPairs(workers);
	for (const step of [1, 2, 3]) void query.ask({ trained, step });
	expect(pairs).toHaveLength(1);
	pairs[0].reject(new Error('This training is no longer in memory. Train again.'));
	await settle();
	// The error belongs to an earlier request.
	expect(query.error).toBeNull();
	expect(pairs[1].params.merges).toBe(2);
	pairs[1].reject(new Error('no memory'));
	await settle();
	expect(query.error).toBe('No memory');
});
