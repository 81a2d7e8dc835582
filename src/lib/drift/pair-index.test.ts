import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PairIndex } from './pair-index';

it('numbers pairs as a Map of strings would, in the order in which they come', () => {
	const id = fc.oneof(fc.nat(20), fc.nat(0x7fffffff));
	fc.assert(
		fc.property(fc.array(fc.tuple(id, id)), (pairs) => {
			const index = new PairIndex();
			const expected = new Map<string, number>();
			for (const [first, second] of pairs) {
				const key = `${first} ${second}`;
				if (!expected.has(key)) {
					expect(index.find(first, second)).toBe(-1);
					expected.set(key, expected.size);
				}
				expect(index.add(first, second)).toBe(expected.get(key));
				expect(index.find(first, second)).toBe(expected.get(key));
			}
			expect(index.size).toBe(expected.size);
		})
	);
});

it('finds every pair again after it has grown many times', () => {
	const index = new PairIndex();
	const size = 100_000;
	for (let i = 0; i < size; i++) index.add(i % 317, i);
	for (let i = 0; i < size; i += 7) {
		expect(index.find(i % 317, i)).toBe(i);
		expect([index.first[i], index.second[i]]).toEqual([i % 317, i]);
	}
	expect(index.find(317, 1)).toBe(-1);
});
