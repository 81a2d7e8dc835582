import { describe, expect, it } from 'vitest';
import { smallRanks } from '../../../../tests/support/small-specs';
import { createTokenizer } from '../../engine';
import { encodeUtf8, propertySet } from '../../engine/text';
import { classNumbers, completer } from './characters';

describe('texts with given bytes', () => {
	const classes = classNumbers([propertySet('L') ?? [], propertySet('Greek') ?? []]);
	const complete = completer(classes, createTokenizer(smallRanks()));

	it.each([
		['the beginning of a character', [0x20, 0xe2]],
		['two bytes of three', [0x61, 0xe4, 0xb8]],
		['the beginning of one of four bytes', [0x61, 0xf0, 0x9f]],
		['the beginning of one of two bytes', [0xc3]],
		['the end of a character', [0xad, 0x61]],
		['the ends of two characters', [0x80, 0x94, 0x20, 0xe2, 0x80]]
	])('contain %s', (_, bytes) => {
		const fragment = String(bytes);
		const texts = complete(Uint8Array.from(bytes));
		expect(texts.length).toBeGreaterThan(0);
		for (const text of texts) expect(String(Array.from(encodeUtf8(text)))).toContain(fragment);
	});

	it('have a character of every class at each end', () => {
		const isGreek = /\p{Script=Greek}/u;
		const isLetter = /\p{L}/u;
		const kindOf = (character: string) => [isGreek.test(character), isLetter.test(character)];
		const pairs = complete(Uint8Array.of(0x91, 0xcf)).map((text) => Array.from(text, kindOf));
		// U+0091, Ñ, U+10151 and Α end in the byte 91. π, U+03F6 and the Coptic ϣ begin with CF.
		const first = ['\u0091', 'Ñ', '\u{10151}', 'Α'].map(kindOf);
		const second = ['π', '\u03f6', 'ϣ'].map(kindOf);
		const all = first.flatMap((left) => second.map((right) => [left, right]));
		expect(new Set(pairs.map(String))).toEqual(new Set(all.map(String)));
	});
});
