import { expect, it } from 'vitest';
import { PairTable, OccurrenceLists } from './pair-table';

/** Pairs 1, 2, … with `sizes` occurrences, at the boundaries 10, 11, … in turn. */
function filled(sizes: readonly number[]): { pairs: PairTable; lists: OccurrenceLists } {
	const pairs = new PairTable(100);
	for (const size of sizes) pairs.listEnds[pairs.add(0, 0)] = size;
	const lists = new OccurrenceLists(pairs, 4);
	lists.allocate(1, (pair) => sizes[pair - 1] > 0);
	let boundary = 10;
	sizes.forEach((size, i) => {
		for (let k = 0; k < size; k++) lists.push(i + 1, boundary++);
	});
	return { pairs, lists };
}

const listOf = ({ pairs, lists }: ReturnType<typeof filled>, pair: number) => [
	...lists.occurrences.subarray(pairs.listStarts[pair], pairs.listEnds[pair])
];

it('has a list for each listed pair, in order', () => {
	const made = filled([2, 0, 3]);
	expect(listOf(made, 1)).toEqual([10, 11]);
	expect(made.pairs.listEnds[2]).toBe(-1);
	expect(listOf(made, 3)).toEqual([12, 13, 14]);
	made.lists.push(2, 99);
	expect(listOf(made, 3)).toEqual([12, 13, 14]);
});

it('removes outdated boundaries when it needs room, and grows if that is not enough', () => {
	const made = filled([3, 4]);
	const { pairs, lists } = made;
	// There is room for 10, of which 7 are used; three are outdated.
	lists.reserve(3, 3, () => expect.fail('there is room'));
	pairs.listEnds[pairs.add(0, 0)] = 4;
	lists.reserve(4, 3, (boundary) => boundary % 2 === 0);
	lists.allocate(3, () => true);
	for (let boundary = 50; boundary < 54; boundary++) lists.push(3, boundary);
	expect(listOf(made, 1)).toEqual([10, 12]);
	expect(listOf(made, 2)).toEqual([14, 16]);
	expect(listOf(made, 3)).toEqual([50, 51, 52, 53]);

	lists.reserve(1000, 4, () => true);
	expect(lists.occurrences.length).toBeGreaterThanOrEqual(1008);
	expect(listOf(made, 3)).toEqual([50, 51, 52, 53]);
});
