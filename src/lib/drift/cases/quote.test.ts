import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../engine/text';
import { quoted, quotedBytes, quotedPair, spellBytes } from './quote';

it.each([
	['What is 3333?', '"What is 3333?"'],
	['\n\nHi\t', String.raw`"\n\nHi\t"`],
	[' \ufeffa', String.raw`" \ufeffa"`],
	[' \u0085a', String.raw`" \u0085a"`],
	['cafe\u0301', String.raw`"cafe\u0301"`],
	['caf\u00e9', '"café"'],
	['a\u00a0b\u3000c', String.raw`"a\u00a0b\u3000c"`],
	['say "hi" \\ there', String.raw`"say \"hi\" \\ there"`],
	['\u{e0061}', String.raw`"\u{e0061}"`],
	// Vowel signs of Devanagari are letters to a reader.
	['सभी मनुष्य', '"सभी मनुष्य"'],
	['🦙', '"🦙"']
])('%j is written %s', (text, written) => {
	expect(quoted(text)).toBe(written);
});

it('tells two texts apart that look alike', () => {
	expect(quotedPair('caf\u00e9', 'cafe\u0301')).toEqual([
		String.raw`"caf\u00e9"`,
		String.raw`"cafe\u0301"`
	]);
	expect(quotedPair('é', 'è')).toEqual(['"é"', '"è"']);
	expect(quotedPair('é', 'é')).toEqual(['"é"', '"é"']);
	expect(quotedPair('TM', '™')).toEqual(['"TM"', '"™"']);
});

it('writes bytes that are no UTF-8 by themselves in hexadecimal, with one backslash', () => {
	expect(quotedBytes(Uint8Array.of(0x20, 0xc2))).toBe(String.raw`" \xC2"`);
	expect(quotedBytes(Uint8Array.of(0x85, 0x0a))).toBe(String.raw`"\x85\n"`);
	expect(quotedBytes(new TextEncoder().encode('é\u0085'))).toBe(String.raw`"é\u0085"`);
});

it('spells text as it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(spellBytes(encodeUtf8(text))).toBe(text);
		})
	);
});

it('spells bytes that are not UTF-8 by themselves in hexadecimal', () => {
	expect(spellBytes(Uint8Array.of(0x20, 0xc2))).toBe(' \\xC2');
	expect(spellBytes(Uint8Array.of(0x85))).toBe('\\x85');
	expect(spellBytes(Uint8Array.of(0xe0, 0xa4, 0x61, 0x0f, 0xff))).toBe('\\xE0\\xA4a\x0f\\xFF');
	expect(spellBytes(encodeUtf8('\ufffd'))).toBe('\ufffd');
});
