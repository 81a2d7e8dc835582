import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../engine/text';
import { quote, quoteBytes, quotePair, spellBytes } from './format';

describe('quote', () => {
	it('shortens a long text at a character', () => {
		expect(quote('😀😀😀', 2)).toBe('"😀😀…"');
	});

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
		// To a reader, Devanagari vowel signs are letters.
		['सभी मनुष्य', '"सभी मनुष्य"'],
		['नमस्ते 中文 🦙', '"नमस्ते 中文 🦙"'],
		['\u200d\n', String.raw`"\u200d\n"`]
	])('%j is written %s', (text, written) => {
		expect(quote(text)).toBe(written);
	});

	it('tells two texts apart that look alike', () => {
		expect(quotePair('caf\u00e9', 'cafe\u0301')).toEqual([
			String.raw`"caf\u00e9"`,
			String.raw`"cafe\u0301"`
		]);
		expect(quotePair('é', 'è')).toEqual(['"é"', '"è"']);
		expect(quotePair('é', 'é')).toEqual(['"é"', '"é"']);
		expect(quotePair('TM', '™')).toEqual(['"TM"', '"™"']);
	});

	it('writes bytes that are no UTF-8 by themselves in hexadecimal, with one backslash', () => {
		expect(quoteBytes(Uint8Array.of(0x20, 0xc2))).toBe(String.raw`" \xC2"`);
		expect(quoteBytes(Uint8Array.of(0x85, 0x0a))).toBe(String.raw`"\x85\n"`);
		expect(quoteBytes(new TextEncoder().encode('é\u0085'))).toBe(String.raw`"é\u0085"`);
	});
});

describe('spellBytes', () => {
	it('spells text as it is, and bytes that are not UTF-8 by themselves in hexadecimal', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(spellBytes(encodeUtf8(text))).toBe(text);
			})
		);
		expect(spellBytes(Uint8Array.of(0x20, 0xc2))).toBe(' \\xC2');
		expect(spellBytes(Uint8Array.of(0x85))).toBe('\\x85');
		expect(spellBytes(Uint8Array.of(0xe0, 0xa4, 0x61, 0x0f, 0xff))).toBe('\\xE0\\xA4a\x0f\\xFF');
		expect(spellBytes(encodeUtf8('\ufffd'))).toBe('\ufffd');
	});
});
