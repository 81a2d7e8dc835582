import { expect, it } from 'vitest';
import { encodeUtf8 } from '../text/utf8';
import { ReservedTokens } from './rules';

it('has the bytes that special tokens represent, in any two parts', () => {
	// Ġ is the space in GPT-2's byte alphabet.
	const reserved = new ReservedTokens(['Ġend', '…']);
	expect(reserved.has(encodeUtf8(' e'), encodeUtf8('nd'))).toBe(true);
	expect(reserved.has(encodeUtf8('Ġend'))).toBe(false);
	// … is not in the alphabet.
	expect(reserved.has(encodeUtf8('…'))).toBe(false);
});

it('has special tokens of 200,000 bytes', () => {
	const long = 'a'.repeat(200_000);
	const reserved = new ReservedTokens([long]);
	expect(reserved.has(encodeUtf8(long))).toBe(true);
	expect(reserved.has(encodeUtf8(long.slice(1)))).toBe(false);
});
