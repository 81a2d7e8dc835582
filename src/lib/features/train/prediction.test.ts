import { describe, expect, it } from 'vitest';
import { THREE_MERGES, trainedOn } from '../../../../tests/support/fake-training';
import type { PairsAfter } from '../../engine/train';
import { namedPairs } from './merge-step';
import { MAX_PREDICTIONS, Predictions, shuffledPairs } from './prediction.svelte';

const trained = trainedOn('aaabdaaabac');
/** Pairs that a merge was chosen from: the first two are tied. */
const PAIRS: PairsAfter = {
	pairs: [
		{ left: 97, right: 97, count: 4 },
		{ left: 97, right: 98, count: 4 },
		{ left: 98, right: 100, count: 1 }
	],
	tied: 2,
	distinct: 3,
	barred: 0
};
const [MERGED, TIED, OTHER] = namedPairs(trained, PAIRS);

describe('the pairs to choose from', () => {
	const five: PairsAfter = {
		...PAIRS,
		pairs: [97, 98, 99, 100, 101].map((left) => ({ left, right: 97, count: 200 - left }))
	};
	const order = (merge: number) => shuffledPairs(trained, merge, five).map(({ left }) => left.id);

	it('are all of them, in the same order every time', () => {
		expect(order(7).toSorted((a, b) => a - b)).toEqual([97, 98, 99, 100, 101]);
		expect(order(7)).toEqual(order(7));
	});

	it('have the merged one at each place about equally often', () => {
		const places = new Array<number>(5).fill(0);
		for (let merge = 1; merge <= 1000; merge++) places[order(merge).indexOf(97)]++;
		for (const times of places) expect(times).toBeGreaterThan(140);
	});
});

describe('a prediction', () => {
	it('is right by count if the chosen pair is tied with the merged one', () => {
		const predictions = new Predictions();
		const made = [MERGED, TIED, OTHER].map((chosen, i) => {
			predictions.predict(trained, i + 1, chosen, PAIRS);
			return predictions.revealed(trained, i + 1);
		});
		expect(made.map((one) => [one?.isMerged, one?.isRight, one?.tied, one?.count])).toEqual([
			[true, true, 2, 4],
			[false, true, 2, 4],
			[false, false, 2, 4]
		]);
		expect(predictions.of(trained)).toEqual(made);
	});

	it('is revealed at its merge only, until the next is asked for', () => {
		const predictions = new Predictions();
		predictions.predict(trained, 2, MERGED, PAIRS);
		expect(predictions.revealed(trained, 1)).toBeNull();
		expect(predictions.revealed(trainedOn('abab'), 2)).toBeNull();
		// A worker that repeats a training keeps it.
		const held = { ...trained, run: { session: 'train', run: 9 } };
		expect(predictions.revealed(held, 2)).not.toBeNull();
		predictions.next();
		expect(predictions.revealed(trained, 2)).toBeNull();
		expect(predictions.of(trained)).toHaveLength(1);
	});

	it('of a merge counts once', () => {
		const predictions = new Predictions();
		predictions.predict(trained, 2, OTHER, PAIRS);
		predictions.predict(trained, 2, MERGED, PAIRS);
		expect(predictions.revealed(trained, 2)?.isRight).toBe(true);
		expect(predictions.of(trained).map(({ isRight }) => isRight)).toEqual([false]);
	});

	it.each([true, false])('begins a new round after ten, asked for the next: %s', (asks) => {
		const predictions = new Predictions();
		for (let merge = 1; merge <= MAX_PREDICTIONS; merge++) {
			if (asks) predictions.next();
			predictions.predict(trained, merge, MERGED, PAIRS);
		}
		predictions.predict(trained, 3, MERGED, PAIRS);
		expect(predictions.of(trained)).toHaveLength(MAX_PREDICTIONS);
		if (asks) predictions.next();
		predictions.predict(trained, MAX_PREDICTIONS + 1, MERGED, PAIRS);
		expect(predictions.of(trained).map(({ merge }) => merge)).toEqual([MAX_PREDICTIONS + 1]);
	});

	it('begins a new round with another training', () => {
		const predictions = new Predictions();
		predictions.predict(trained, 1, MERGED, PAIRS);
		const other = trainedOn('abab', { rules: THREE_MERGES });
		expect(predictions.of(other)).toEqual([]);
		predictions.predict(other, 1, MERGED, PAIRS);
		expect(predictions.of(trained)).toEqual([]);
	});
});
