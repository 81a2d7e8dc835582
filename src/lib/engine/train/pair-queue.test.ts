import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PairQueue } from './pair-queue';

/** A queue with these counts. The tie key of a pair is its number. */
function queueOf(counts: Float64Array, highestListed: number): PairQueue {
	return new PairQueue({ counts, tieKey: (pair) => pair }, highestListed);
}

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
