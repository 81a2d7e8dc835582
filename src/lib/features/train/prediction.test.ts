import { describe, expect, it } from 'vitest';
import { trainedOn } from '../../../../tests/support/fake-training';
import type { PairsAfter } from '../../engine/train';
import { namedPairs } from './merge-step';
import { predict, shuffledPairs } from './prediction';

const trained = trainedOn('aaabdaaabac');
/** Candidate pairs for a merge; the first two are tied. */
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

it('is right by count if the chosen pair is tied with the merged one', () => {
	const made = [MERGED, TIED, OTHER].map((chosen) => predict(trained, 1, chosen, PAIRS));
	expect(made.map((one) => [one.isMerged, one.isRight, one.tied, one.count])).toEqual([
		[true, true, 2, 4],
		[false, true, 2, 4],
		[false, false, 2, 4]
	]);
});
