import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countDistinct } from './count-distinct';

it('equals the size of a set, even for ids that no vocabulary has', () => {
	fc.assert(
		fc.property(fc.uint32Array(), (ids) => {
			expect(countDistinct(ids)).toBe(new Set(ids).size);
		})
	);
});
