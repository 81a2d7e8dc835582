import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../engine/text/utf8';
import { spellBytes } from './spell-bytes';

it('leaves text as it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(spellBytes(encodeUtf8(text))).toBe(text);
		})
	);
});

it('writes bytes that are no UTF-8 by themselves in hexadecimal', () => {
	expect(spellBytes(Uint8Array.of(0x20, 0xc2))).toBe(' \\xC2');
	expect(spellBytes(Uint8Array.of(0x85))).toBe('\\x85');
	expect(spellBytes(Uint8Array.of(0xe0, 0xa4, 0x61, 0x0f, 0xff))).toBe('\\xE0\\xA4a\x0f\\xFF');
	expect(spellBytes(encodeUtf8('\ufffd'))).toBe('\ufffd');
});
