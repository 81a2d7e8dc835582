import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, countChars, encodeUtf8, firstInvalidUtf8, splitsPair } from './utf8';

/** Any UTF-16, including lone surrogates, with many surrogate pairs. */
const utf16 = fc
	.array(
		fc.oneof(
			fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
			fc.constantFrom('a', '\r', 'é', '中', '😀', '\ud800', '\udc00', '\ufeff', '\0')
		)
	)
	.map((parts) => parts.join(''));

/** Byte strings near the limits of UTF-8. With uniformly random bytes, the check seldom gets to the third byte. */
const bytes = fc
	.array(
		fc.oneof(
			fc.uint8Array({ maxLength: 4 }),
			// Overlong forms, surrogates, code points above U+10FFFF, incomplete sequences, a byte order mark and invalid
			// bytes.
			fc
				.constantFrom(
					...['c080', 'eda080', 'ed9fbf', 'f4908080', 'e09fbf', 'e0a080', 'f08fbfbf', 'f580'],
					...['f48fbfbf', 'f09f98', 'efbbbf', '80', 'ff']
				)
				.map((hex) => Buffer.from(hex, 'hex')),
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

	it('counts code points, a lone surrogate as one', () => {
		fc.assert(
			fc.property(utf16, (text) => {
				expect(countChars(text)).toBe([...text].length);
			})
		);
		expect(countChars('👩‍🚀')).toBe(3);
	});

	it('finds boundaries that would split a pair', () => {
		expect([1, 2].map((unit) => splitsPair('a😀', unit))).toEqual([false, true]);
		expect([splitsPair('\ud800a', 1), splitsPair('😀', 2)]).toEqual([false, false]);
	});
});

describe('firstInvalidUtf8', () => {
	it('names the first byte from which no valid sequence starts, if a fatal TextDecoder refuses the input', () => {
		fc.assert(
			fc.property(bytes, (input) => {
				const byte = firstInvalidUtf8(input);
				expect(byte === -1).toBe(decodes(input));
				if (byte === -1) return;
				expect(decodes(input.subarray(0, byte))).toBe(true);
				for (let length = 1; length <= 4; length++)
					if (byte + length <= input.length)
						expect(decodes(input.subarray(byte, byte + length))).toBe(false);
			}),
			{ numRuns: 1000 }
		);
	});

	it('is the same after a long text, which is checked natively', () => {
		const before = encodeUtf8('é'.repeat(200));
		fc.assert(
			fc.property(bytes, (input) => {
				const byte = firstInvalidUtf8(input);
				const expected = byte === -1 ? -1 : before.length + byte;
				expect(firstInvalidUtf8(Uint8Array.of(...before, ...input))).toBe(expected);
			})
		);
	});
});
