import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../../../tests/support/arbitrary-text';
import { splitLetters, wholeCharacters } from './letters';

const utf8 = (text: string) => new TextEncoder().encode(text);
const all = (document: Uint8Array) => splitLetters(document, { start: 0, end: document.length });

it('covers every byte of the text', () => {
	fc.assert(
		fc.property(anyText(), (text) => {
			const document = utf8(text);
			const letters = all(document);
			expect(letters.map((letter) => letter.text).join('')).toBe(text.toWellFormed());
			let byte = 0;
			for (const letter of letters) {
				expect(letter.byte).toBe(byte);
				byte += letter.bytes;
			}
			expect(byte).toBe(document.length);
		})
	);
});

it.each([
	['aé好👍', ['inline', 'fixed', 'fixed', 'fixed']],
	// Scripts with contextual shaping are left to the font.
	['سلام', ['shaped', 'shaped', 'shaped', 'shaped']],
	['की', ['shaped', 'shaped']],
	// A letter and its mark stay together, and so do an emoji and its colour.
	['и\u0306', ['shaped', 'shaped']],
	['e\u0301', ['inline', 'shaped']],
	['👍🏽', ['shaped', 'shaped']]
])('reserves room for the bytes of unshaped letters: %s', (text, rooms) => {
	expect(all(utf8(text)).map(({ room }) => room)).toEqual(rooms);
});

it.each([
	['\u0301e\u0301', [0]],
	['a \u0301\u0302', [2]],
	['"\u0301', [1]],
	['#\ufe0f\u20e3 की 👍🏽', []]
])('finds marks without a base letter: %j', (text, bytes) => {
	const lone = all(utf8(text)).filter((letter) => letter.lone);
	expect(lone.map(({ byte }) => byte)).toEqual(bytes);
});

it('labels characters without a shape, and shows invalid bytes', () => {
	const letters = all(Uint8Array.of(0x00, 0xc2, 0xa0, 0xff, 0x0a));
	const labels = letters.map(({ label, ink }) => label ?? ink);
	expect(labels).toEqual(['NUL', 'NBSP', 'plain', 'newline']);
	expect(letters.map(({ hex }) => hex)).toEqual([[], ['c2', 'a0'], ['ff'], []]);
});

it('widens a range to whole characters', () => {
	const document = utf8('a好b');
	expect(wholeCharacters(document, { start: 2, end: 3 })).toEqual({ start: 1, end: 4 });
	expect(wholeCharacters(document, { start: 0, end: 99 })).toEqual({ start: 0, end: 5 });
	expect(wholeCharacters(document, { start: 9, end: 99 })).toEqual({ start: 5, end: 5 });
});
