import { expect, it } from 'vitest';
import { prerender } from '../../../tools/prerender';
import { prerenderInflation } from './prerender';

const prerendered = prerender(prerenderInflation);

it('encodes a word and its English as in a sentence', () => {
	// Ids from js-tiktoken.
	expect(prerendered.word.map(({ ids }) => [...ids])).toEqual([
		[3721, 1565, 70739, 5294],
		[505, 701, 15316]
	]);
});
