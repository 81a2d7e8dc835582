import { expect, it } from 'vitest';
import {
	byteId,
	pieceId,
	smallRanks,
	smallSentencePiece
} from '../../../../tests/support/small-specs';
import { TokenKind } from '../../engine';
import { alignTokens, AlignmentError, ModelTokens, type Section } from './align';
import { splitAtAddedTokens } from './sections';

const encoder = new TextEncoder();

/** Text that no normalizer changed. */
function untouched(text: string): Section {
	const bytes = encoder.encode(text);
	return { text: { bytes, start: 0, end: bytes.length, origin: null } };
}

const ranks = new ModelTokens(smallRanks());

it('lays tokens end to end in bytes, even if one is part of a character', () => {
	// "hell" is 258. "é" is the bytes 0xc3 0xa9, each of which is a token.
	const encoding = alignTokens([258, 0xc3, 0xa9, 0x21], [untouched('hellé!')], ranks);
	expect([...encoding.ids]).toEqual([258, 0xc3, 0xa9, 0x21]);
	expect([...encoding.byteStarts]).toEqual([0, 4, 5, 6]);
	expect([...encoding.byteEnds]).toEqual([4, 5, 6, 7]);
	expect([...(encoding.kinds ?? [])]).toEqual([0, 0, 0, 0]);
});

it('keeps a recognised added token, of the kind special', () => {
	const sections: Section[] = [
		untouched('he'),
		{ added: 300, start: 2, end: 9 },
		{ added: 300, start: 9, end: 16 }
	];
	const encoding = alignTokens([256, 300, 300], sections, ranks);
	expect([...encoding.byteStarts]).toEqual([0, 2, 9]);
	expect([...encoding.byteEnds]).toEqual([2, 9, 16]);
	expect([...(encoding.kinds ?? [])]).toEqual([0, TokenKind.special, TokenKind.special]);
});

it('gives a prepended ▁ no bytes, a space its own, and a byte its kind', () => {
	const spec = smallSentencePiece();
	const { sections } = splitAtAddedTokens('c aé', spec, false);
	const ids = [pieceId('▁'), pieceId('c'), pieceId('▁'), pieceId('a'), byteId(0xc3), byteId(0xa9)];
	const encoding = alignTokens(ids, sections, new ModelTokens(spec));
	expect([...encoding.byteStarts]).toEqual([0, 0, 1, 2, 3, 4]);
	expect([...encoding.byteEnds]).toEqual([0, 1, 2, 3, 4, 5]);
	const fallback = TokenKind.byteFallback;
	expect([...(encoding.kinds ?? [])]).toEqual([0, 0, 0, 0, fallback, fallback]);
});

it('gives every token of a decomposed character the whole character', () => {
	// NFKC writes ™ (3 bytes) as TM.
	const origin = { starts: Uint32Array.of(0, 1, 1), ends: Uint32Array.of(1, 4, 4) };
	const text = { bytes: encoder.encode('aTM'), start: 0, end: 3, origin };
	const encoding = alignTokens([0x61, 0x54, 0x4d], [{ text }], ranks);
	expect([...encoding.byteStarts]).toEqual([0, 1, 1]);
	expect([...encoding.byteEnds]).toEqual([1, 4, 4]);
});

it('returns an empty encoding for an empty text', () => {
	expect(alignTokens([], [], ranks).ids).toHaveLength(0);
});

const pieces = new ModelTokens(smallSentencePiece());
const END: Section = { added: 300, start: 0, end: 7 };
it.each<[string, number[], Section, ModelTokens, string, number]>([
	['spells something else', [256, 0x78], untouched('hell'), ranks, 'token 1 (id 120)', 2],
	['is longer than the text', [256, 258], untouched('hell'), ranks, 'token 1 (id 258)', 2],
	['has no bytes', [299], untouched('hell'), ranks, 'token 0 (id 299)', 0],
	['comes after the end of the text', [258, 256], untouched('hell'), ranks, 'token 1 (id 256)', 4],
	['takes the place of an added one', [256], END, ranks, 'token 0 (id 256)', 0],
	['is another byte', [byteId(0xc3), byteId(0xa8)], untouched('é'), pieces, 'token 1 (id 171)', 1]
])('refuses a token that %s, naming it and the byte', (_, ids, section, tokens, message, byte) => {
	const attempt = () => alignTokens(ids, [section], tokens);
	expect(attempt).toThrow(AlignmentError);
	expect(attempt).toThrow(`${message} doesn't spell the text at byte ${byte}`);
});

it('refuses tokens that end before the text does', () => {
	const attempt = () => alignTokens([256], [untouched('hell')], ranks);
	expect(attempt).toThrow(AlignmentError);
	expect(attempt).toThrow('the tokens end at byte 2, before the text does');
});
