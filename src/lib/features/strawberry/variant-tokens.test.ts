import { expect, it } from 'vitest';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { createTokenizer, type Encoding } from '../../engine';
import { tokensFrom } from './variant-tokens';

const plain = ({ ids, byteStarts, byteEnds }: Encoding) => ({
	ids: [...ids],
	spans: Array.from(ids, (_, i) => `${byteStarts[i]}-${byteEnds[i]}`)
});

it('returns the tokens of the end of a text, and clips one that begins before it', () => {
	const encoding = createTokenizer(smallRanks()).encode('q hello');
	expect(plain(tokensFrom(encoding, 1))).toEqual({ ids: [32, 261], spans: ['0-1', '1-6'] });
	expect(plain(tokensFrom(encoding, 4))).toEqual({ ids: [261], spans: ['0-3'] });
	expect(plain(tokensFrom(encoding, 7)).ids).toEqual([]);
});

it('keeps a ▁ that the tokenizer puts before a text', () => {
	const encoding = createTokenizer(smallSentencePiece()).encode('cab');
	expect(plain(tokensFrom(encoding, 0)).spans).toEqual(['0-0', '0-1', '1-3']);
});
