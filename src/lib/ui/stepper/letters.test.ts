import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLetters, wholeCharacters } from './letters';

const utf8 = (text: string) => new TextEncoder().encode(text);
const all = (document: Uint8Array) => splitLetters(document, { start: 0, end: document.length });
const rooms = (text: string) => all(utf8(text)).map(({ room }) => room);

describe('splitLetters', () => {
	it('covers every byte of the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
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

	it('reserves room for the bytes of unshaped letters, and leaves shaped scripts to the font', () => {
		expect(rooms('aé好👍')).toEqual(['inline', 'fixed', 'fixed', 'fixed']);
		expect(rooms('سلام')).toEqual(['shaped', 'shaped', 'shaped', 'shaped']);
		expect(rooms('की')).toEqual(['shaped', 'shaped']);
	});

	it('keeps a letter and its mark together, and an emoji and its colour', () => {
		expect(rooms('и\u0306')).toEqual(['shaped', 'shaped']);
		expect(rooms('e\u0301')).toEqual(['inline', 'shaped']);
		expect(rooms('👍🏽')).toEqual(['shaped', 'shaped']);
	});

	it('finds marks without a base letter', () => {
		const lone = (text: string) =>
			all(utf8(text)).flatMap((letter) => (letter.lone ? letter.byte : []));
		expect(lone('\u0301e\u0301')).toEqual([0]);
		expect(lone('a \u0301\u0302')).toEqual([2]);
		expect(lone('"\u0301')).toEqual([1]);
		expect(lone('#\ufe0f\u20e3 की 👍🏽')).toEqual([]);
	});

	it('labels characters without a shape, and shows invalid bytes', () => {
		const letters = all(Uint8Array.of(0x00, 0xc2, 0xa0, 0xff, 0x0a));
		expect(letters.map(({ label, ink }) => label ?? ink)).toEqual([
			'NUL',
			'NBSP',
			'plain',
			'newline'
		]);
		expect(letters.map(({ hex }) => hex)).toEqual([[], ['c2', 'a0'], ['ff'], []]);
	});
});

it('widens a range to whole characters', () => {
	const document = utf8('a好b');
	expect(wholeCharacters(document, { start: 2, end: 3 })).toEqual({ start: 1, end: 4 });
	expect(wholeCharacters(document, { start: 0, end: 99 })).toEqual({ start: 0, end: 5 });
	expect(wholeCharacters(document, { start: 9, end: 99 })).toEqual({ start: 5, end: 5 });
});
