import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RankQueue } from './rank-queue';

const entry = fc.record({ rank: fc.nat({ max: 9 }), position: fc.nat({ max: 30 }) });

it('pops the smallest rank, then the smallest position, whatever the order of pushes and pops', () => {
	const queue = new RankQueue(10);
	fc.assert(
		fc.property(fc.array(fc.option(entry), { maxLength: 200 }), (steps) => {
			queue.reset(steps.length);
			const expected: { rank: number; position: number }[] = [];
			const popBoth = () => {
				expected.sort((a, b) => a.rank - b.rank || a.position - b.position);
				const smallest = expected.shift();
				expect(queue.pop()).toBe(smallest !== undefined);
				if (smallest) {
					expect({ rank: queue.rank, position: queue.position }).toEqual(smallest);
				}
			};
			for (const step of steps) {
				if (step) {
					queue.push(step.rank, step.position);
					expected.push(step);
				} else popBoth();
			}
			// Half of the time, some entries remain before the next reset.
			if (steps.length % 2) while (expected.length > 0) popBoth();
		}),
		{ numRuns: 2000 }
	);
});

it('works after its memory was released', () => {
	const queue = new RankQueue(4);
	queue.reset(2);
	queue.push(3, 1);
	queue.release();
	queue.reset(2);
	queue.push(2, 5);
	queue.push(1, 9);
	const ranks: number[] = [];
	while (queue.pop()) ranks.push(queue.rank);
	expect(ranks).toEqual([1, 2]);
});
