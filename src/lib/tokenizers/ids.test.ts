import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
	byteId,
	pieceId,
	smallRanks,
	smallSentencePiece
} from '../../../tests/support/small-specs';
import { createTokenizer, TokenKind } from '../engine';
import { countDistinct, decodeIds } from './ids';

const ranks = createTokenizer(smallRanks());
const pieces = createTokenizer(smallSentencePiece());
const decoder = new TextDecoder('utf-8', { fatal: true });

const spell = (tokenizer: typeof ranks, ...ids: number[]) =>
	decodeIds(tokenizer, Uint32Array.from(ids));

it('concatenates the bytes of the tokens', () => {
	const { document, encoding, outOfRange } = spell(ranks, 261, 260, 33);
	expect(decoder.decode(document)).toBe('hello w!');
	expect([...encoding.ids]).toEqual([261, 260, 33]);
	expect([...encoding.byteStarts]).toEqual([0, 5, 7]);
	expect([...encoding.byteEnds]).toEqual([5, 7, 8]);
	expect(outOfRange).toEqual([]);
});

it('keeps bytes that are not UTF-8', () => {
	const { document, encoding } = spell(ranks, 0xa9, 0xff, 0xc3);
	expect([...document]).toEqual([0xa9, 0xff, 0xc3]);
	expect([...encoding.byteEnds]).toEqual([1, 2, 3]);
});

it('leaves out unknown ids, and lists their positions', () => {
	// Ids 262 to 299, between the ranks and the special token, have no token.
	const ids = [301, 104, 280, 4_294_967_295, 105];
	const { document, encoding, outOfRange, vocabularySize } = spell(ranks, ...ids);
	expect(outOfRange).toEqual([
		{ id: 301, position: 0 },
		{ id: 280, position: 2 },
		{ id: 4_294_967_295, position: 3 }
	]);
	expect(vocabularySize).toBe(301);
	expect(decoder.decode(document)).toBe('hi');
	expect([...encoding.ids]).toEqual([104, 105]);
	expect([...encoding.byteStarts]).toEqual([0, 1]);
});

it('decodes special tokens to their content, with their kind', () => {
	const { document, encoding } = spell(ranks, 104, 300, 105);
	expect(decoder.decode(document)).toBe('h<|end|>i');
	expect([...encoding.byteEnds]).toEqual([1, 8, 9]);
	const { ordinary, special } = TokenKind;
	expect([...(encoding.kinds ?? [])]).toEqual([ordinary, special, ordinary]);
});

it('decodes ▁ to a space and a byte token to its byte', () => {
	const { document, encoding } = spell(pieces, pieceId('▁ab'), byteId(0xe2), byteId(0x0a));
	expect([...document]).toEqual([0x20, 0x61, 0x62, 0xe2, 0x0a]);
	expect([...encoding.byteStarts]).toEqual([0, 3, 4]);
});

it('rethrows other errors', () => {
	const broken: typeof ranks = {
		...ranks,
		spec: ranks.spec,
		vocabularySize: 1,
		tokenBytes: () => {
			throw new TypeError('broken');
		}
	};
	expect(() => spell(broken, 0)).toThrow('broken');
});

it('counts distinct ids: the size of a set, even for ids that no vocabulary has', () => {
	fc.assert(
		fc.property(fc.uint32Array(), (ids) => {
			expect(countDistinct(ids)).toBe(new Set(ids).size);
		})
	);
});
