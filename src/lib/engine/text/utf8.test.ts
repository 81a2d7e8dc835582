import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, countChars, encodeUtf8, firstInvalidUtf8, splitsPair } from './utf8';

/** Any UTF-16, lone surrogates included, rich in pairs. */
const utf16 = fc
	.array(
		fc.oneof(
			fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
			fc.constantFrom('a', '\r', 'é', '中', '😀', '\ud800', '\udc00', '\ufeff', '\0')
		)
	)
	.map((parts) => parts.join(''));

/** Byte strings near the edges of UTF-8. Uniformly random bytes seldom reach the third byte. */
const bytes = fc
	.array(
		fc.oneof(
			fc.uint8Array({ maxLength: 4 }),
			fc.constantFrom(
				[0xc0, 0x80],
				[0xed, 0xa0, 0x80],
				[0xed, 0x9f, 0xbf],
				[0xf4, 0x90, 0x80, 0x80]
			),
			fc.constantFrom(
				[0xe0, 0x9f, 0xbf],
				[0xe0, 0xa0, 0x80],
				[0xf0, 0x8f, 0xbf, 0xbf],
				[0xf5, 0x80]
			),
			fc.constantFrom(
				[0xf4, 0x8f, 0xbf, 0xbf],
				[0xf0, 0x9f, 0x98],
				[0xef, 0xbb, 0xbf],
				[0x80],
				[0xff]
			),
			fc.string({ unit: 'binary' }).map((text) => encodeUtf8(text))
		)
	)
	.map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

const decodes = (input: Uint8Array) => {
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(input);
		return true;
	} catch {
		return false;
	}
};

describe('UTF-8 lengths', () => {
	it('byteLength equals what TextEncoder produces, for the whole text and for any part', () => {
		fc.assert(
			fc.property(utf16, fc.nat(), fc.nat(), (text, a, b) => {
				expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
				const start = a % (text.length + 1);
				const end = start + (b % (text.length - start + 1));
				expect(byteLength(text, start, end)).toBe(encodeUtf8(text.slice(start, end)).length);
			}),
			{ numRuns: 500 }
		);
	});

	it('byteLength of a long text counts a pair that the part splits as two lone surrogates', () => {
		const text = `é${'😀'.repeat(5000)}a`;
		expect(byteLength(text)).toBe(2 + 4 * 5000 + 1);
		expect(byteLength(text, 2)).toBe(3 + 4 * 4999 + 1);
		expect(countChars(text)).toBe(5002);
	});

	it('encodes a lone surrogate as U+FFFD', () => {
		expect([...encodeUtf8('a\ud800b')]).toEqual([0x61, 0xef, 0xbf, 0xbd, 0x62]);
		expect(byteLength('a\ud800b')).toBe(5);
		expect(byteLength('\udc00\ud800')).toBe(6);
	});

	it('counts code points, a lone surrogate as one', () => {
		fc.assert(
			fc.property(utf16, (text) => {
				expect(countChars(text)).toBe([...text].length);
			})
		);
		expect(countChars('👩‍🚀')).toBe(3);
	});

	it('finds boundaries that would split a pair', () => {
		expect(splitsPair('a😀', 2)).toBe(true);
		expect(splitsPair('a😀', 1)).toBe(false);
		expect(splitsPair('\ud800a', 1)).toBe(false);
		expect(splitsPair('😀', 2)).toBe(false);
	});
});

describe('firstInvalidUtf8', () => {
	it('refuses exactly what a fatal TextDecoder refuses', () => {
		fc.assert(
			fc.property(bytes, (input) => {
				expect(firstInvalidUtf8(input) === -1).toBe(decodes(input));
			}),
			{ numRuns: 2000 }
		);
	});

	it('names the first byte from which no valid sequence starts', () => {
		fc.assert(
			fc.property(bytes, (input) => {
				const byte = firstInvalidUtf8(input);
				if (byte === -1) return;
				expect(decodes(input.subarray(0, byte))).toBe(true);
				for (let length = 1; length <= 4; length++)
					if (byte + length <= input.length)
						expect(decodes(input.subarray(byte, byte + length))).toBe(false);
			}),
			{ numRuns: 2000 }
		);
	});

	it.each([
		['an overlong slash', [0x2f, 0xc0, 0xaf], 1],
		['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1],
		['above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 0],
		['an incomplete emoji', [0x61, 0x62, 0xf0, 0x9f, 0x98], 2],
		['Latin-1 é', [0x63, 0x61, 0x66, 0xe9, 0x0a], 3],
		['nothing at all', [], -1]
	])('places the fault in %s', (_, input, byte) => {
		expect(firstInvalidUtf8(Uint8Array.from(input))).toBe(byte);
	});
});
