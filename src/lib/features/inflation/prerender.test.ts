import { expect, it } from 'vitest';
import { prerender } from '../../../tools/prerender';
import { prerenderInflation } from './prerender';

const prerendered = prerender(prerenderInflation);

it('encodes only the first article, in both languages', () => {
	const [english, turkish] = prerendered.article.map(({ text }) => text);
	expect(english).toMatch(/^All human beings are born free .* brotherhood\.$/);
	expect(turkish).toMatch(/^Bütün insanlar hür, .* hareket etmelidirler\.$/);
});

it('counts the tokens of each article, as many as an article has alone', () => {
	const { partTokens, tokens } = prerendered.measures.cl100k_base.eng;
	expect(partTokens).toHaveLength(30);
	// tiktoken: article 1 alone has 33 tokens, of which the last is ".".
	expect([partTokens?.[0], partTokens?.[29]]).toEqual([33, tokens]);
});

it('encodes a word and its English as in a sentence', () => {
	expect(prerendered.word.map(({ text }) => text)).toEqual([
		' evlerimizdekilerden',
		' from those in our houses'
	]);
	expect(prerendered.word[1].encoding.ids).toHaveLength(5);
});
