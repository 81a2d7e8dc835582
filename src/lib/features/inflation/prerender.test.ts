import { expect, it } from 'vitest';
import { prerender } from '../../../tools/prerender';
import { prerenderInflation } from './prerender';

const prerendered = prerender(prerenderInflation);

it('encodes a word and its English as in a sentence', () => {
	expect(prerendered.word.map(({ text }) => text)).toEqual([
		' evlerimizdekilerden',
		' from those in our houses'
	]);
	expect(prerendered.word[1].encoding.ids).toHaveLength(5);
});
