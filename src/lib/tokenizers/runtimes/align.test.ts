import { describe, expect, it } from 'vitest';
import {
	byteId,
	pieceId,
	smallRanks,
	smallSentencePiece
} from '../../../../tests/support/small-specs';
import { TokenKind } from '../../engine';
import { alignTokens, AlignmentError, type Section } from './align';
import { splitAtAddedTokens } from './sections';
import { ModelTokens } from './model-tokens';

const encoder = new TextEncoder();

/** Text that no normalizer changed. */
function untouched(text: string): Section {
	const bytes = encoder.encode(text);
	return { text: { bytes, start: 0, end: bytes.length, origin: null } };
}

describe('alignTokens', () => {
	const ranks = new ModelTokens(smallRanks());

	it('lays tokens end to end in bytes, even if one is part of a character', () => {
		// "hell" is 258; "é" is the bytes 0xc3 0xa9, each a token of its own.
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
		const ids = [
			pieceId('▁'),
			pieceId('c'),
			pieceId('▁'),
			pieceId('a'),
			byteId(0xc3),
			byteId(0xa9)
		];
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

	it.each([
		['spells something else', [256, 0x78], 'token 1 (id 120) does not spell the text at byte 2'],
		['is longer than the text', [256, 258], 'token 1 (id 258) does not spell the text at byte 2'],
		['has no bytes', [299], 'token 0 (id 299) does not spell the text at byte 0']
	])('refuses a token that %s, naming it and the byte', (_, ids, message) => {
		const attempt = () => alignTokens(ids, [untouched('hell')], ranks);
		expect(attempt).toThrow(AlignmentError);
		expect(attempt).toThrow(message);
	});

	it('refuses tokens that end before the text does', () => {
		const attempt = () => alignTokens([256], [untouched('hell')], ranks);
		expect(attempt).toThrow(AlignmentError);
		expect(attempt).toThrow('the tokens end at byte 2, before the text does');
	});

	it('refuses tokens after the end of the text', () => {
		const attempt = () => alignTokens([258, 256], [untouched('hell')], ranks);
		expect(attempt).toThrow(AlignmentError);
		expect(attempt).toThrow('token 1 (id 256) does not spell the text at byte 4');
	});

	it('refuses another token in place of a recognised added one', () => {
		const attempt = () => alignTokens([256], [{ added: 300, start: 0, end: 7 }], ranks);
		expect(attempt).toThrow(AlignmentError);
		expect(attempt).toThrow('token 0 (id 256) does not spell the text at byte 0');
	});

	it('refuses a byte token of another byte', () => {
		const table = new ModelTokens(smallSentencePiece());
		const attempt = () => alignTokens([byteId(0xc3), byteId(0xa8)], [untouched('é')], table);
		expect(attempt).toThrow('token 1 (id 171) does not spell the text at byte 1');
	});
});
