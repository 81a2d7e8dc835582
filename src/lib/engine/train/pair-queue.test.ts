import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairQueue } from './pair-queue';

/** A queue with these counts. The tie key of a pair is its number. */
function queueOf(counts: Float64Array, highestListed: number): PairQueue {
	return new PairQueue({ counts, tieKey: (pair) => pair }, highestListed);
}

describe('PairQueue', () => {
	it('pops the highest count, and of equal counts the smallest tie key', () => {
		const queue = queueOf(Float64Array.of(0, 2, 5, 2, 5), 5);
		for (const pair of [4, 3, 2, 1]) queue.add(pair);
		expect(Array.from({ length: 6 }, () => queue.pop())).toEqual([2, 4, 1, 3, -1, -1]);
	});

	it('accepts later pairs that count no more than the latest one', () => {
		const counts = Float64Array.of(0, 7, 3, 7);
		const queue = queueOf(counts, 7);
		queue.add(1);
		queue.add(2);
		expect(queue.pop()).toBe(1);
		queue.add(3);
		expect([queue.pop(), queue.pop(), queue.pop()]).toEqual([3, 2, -1]);
	});

	it('orders pairs by their current counts', () => {
		const operation = fc.oneof(
			fc.record({ kind: fc.constant('fall' as const), pair: fc.nat(19), by: fc.nat(6) }),
			fc.record({ kind: fc.constant('pop' as const) }),
			fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: 1, max: 12 }) })
		);
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 }),
				fc.array(operation, { maxLength: 60 }),
				fc.integer({ min: 1, max: 12 }),
				(initial, operations, highestListed) => {
					const counts = new Float64Array(100);
					const queue = queueOf(counts, highestListed);
					const waiting = new Set<number>();
					let size = 0;
					let last = 12;
					const add = (count: number) => {
						counts[size] = Math.min(count, last);
						waiting.add(size);
						queue.add(size++);
					};
					initial.forEach(add);
					for (const operation of operations) {
						if (operation.kind === 'add') add(operation.count);
						else if (operation.kind === 'fall') {
							counts[operation.pair] = Math.max(0, counts[operation.pair] - operation.by);
						} else {
							const due = [...waiting]
								.filter((pair) => counts[pair] > 0)
								.sort((a, b) => counts[b] - counts[a] || a - b)[0];
							expect(queue.pop()).toBe(due ?? -1);
							if (due === undefined) break;
							waiting.delete(due);
							last = counts[due];
						}
					}
				}
			),
			{ numRuns: 500 }
		);
	});
});
