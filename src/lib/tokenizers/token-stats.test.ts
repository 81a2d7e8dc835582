import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countDistinct, tokenStats } from './token-stats';

describe('countDistinct', () => {
	it('equals the size of a set, also for ids no vocabulary has', () => {
		fc.assert(
			fc.property(fc.uint32Array(), (ids) => {
				expect(countDistinct(ids)).toBe(new Set(ids).size);
			})
		);
	});
});

describe('tokenStats', () => {
	it('counts kinds and finds the longest token', () => {
		const stats = tokenStats({
			ids: Uint32Array.of(2, 7, 7, 9, 10),
			byteStarts: Uint32Array.of(0, 0, 4, 8, 9),
			byteEnds: Uint32Array.of(0, 4, 8, 9, 10),
			kinds: Uint8Array.of(2, 0, 0, 4, 4)
		});
		expect(stats).toEqual({
			tokens: 5,
			distinct: 4,
			empty: 1,
			added: 1,
			special: 0,
			unknown: 0,
			byteFallback: 2,
			longestBytes: 4,
			longestToken: 1
		});
	});

	it('says that an empty text has no longest token', () => {
		const none = new Uint32Array(0);
		const stats = tokenStats({ ids: none, byteStarts: none, byteEnds: none });
		expect(stats).toMatchObject({ tokens: 0, distinct: 0, longestBytes: 0, longestToken: -1 });
	});
});
