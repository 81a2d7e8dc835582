import { expect, it } from 'vitest';
import { createTokenizer } from '../../engine';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { encodingOf, joinEncodings } from './joined-encodings';

const plain = (encoding: ReturnType<typeof encodingOf>) => ({
	ids: [...encoding.ids],
	spans: Array.from(encoding.ids, (_, i) => `${encoding.byteStarts[i]}-${encoding.byteEnds[i]}`)
});

it('keeps the encoding of each text', () => {
	const tokenizer = createTokenizer(smallRanks());
	const texts = ['hello', '', 'll o'];
	const joined = joinEncodings(texts.map((text) => tokenizer.encode(text)));
	expect([...joined.textEnds]).toEqual([1, 1, 4]);
	texts.forEach((text, i) => {
		const { ids, byteStarts, byteEnds } = tokenizer.encode(text);
		expect(encodingOf(joined, i)).toMatchObject({ ids, byteStarts, byteEnds });
	});
});

it('returns the end of a text, and clips a token that begins before it', () => {
	const joined = joinEncodings([createTokenizer(smallRanks()).encode('q hello')]);
	expect(plain(encodingOf(joined, 0, 1))).toEqual({ ids: [32, 261], spans: ['0-1', '1-6'] });
	expect(plain(encodingOf(joined, 0, 4))).toEqual({ ids: [261], spans: ['0-3'] });
});

it('keeps a ▁ that the tokenizer puts before a text', () => {
	const joined = joinEncodings([createTokenizer(smallSentencePiece()).encode('cab')]);
	expect(plain(encodingOf(joined, 0)).spans).toEqual(['0-0', '0-1', '1-3']);
});
