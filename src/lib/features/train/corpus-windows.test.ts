import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileOf, textOf } from '../../../../tests/support/fake-training';
import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../../engine/text/utf8';
import { lineEnd, lineStart, readSection, windowStart } from './corpus-windows';

const utf8 = encodeUtf8;
/** Lines of different lengths, with characters of one to four bytes. */
const text = fc
	.array(fc.constantFrom('a', 'bc', '\n', '\n', 'é', '日', '😀'), { maxLength: 60 })
	.map((parts) => parts.join(''));

it.each([
	// After the last line, or before the first, in the far half.
	[lineEnd(utf8('ab\ncd\nefgh'), 0, 8), 6],
	[lineStart(utf8('ab\ncd\nefgh'), 10, 8), 3],
	[windowStart(utf8('ab\ncd\nefgh'), 8, 8), 6],
	// Between characters if a line is long.
	[lineEnd(utf8('a\nbcdefghijk'), 0, 8), 8],
	[lineEnd(utf8('日本語日本語'), 0, 8), 6],
	[lineStart(utf8('日本語日本語'), 18, 8), 9],
	[windowStart(utf8('日本語日本語'), 10, 8), 9],
	// The end or the start, if it is nearby.
	[lineEnd(utf8('a\nb'), 0, 8), 3],
	[lineStart(utf8('a\nb'), 3, 8), 0],
	[windowStart(utf8('abcdef'), 3, 8), 0],
	[windowStart(utf8('abcdef'), 0, 8), 0]
])('finds a boundary at a line, a character or an end: %#', (found, expected) => {
	expect(found).toBe(expected);
});

it('reads adjacent sections of whole characters, forwards and backwards', async () => {
	await fc.assert(
		fc.asyncProperty(text, fc.integer({ min: 4, max: 24 }), async (text, size) => {
			const bytes = utf8(text);
			const forwards: string[] = [];
			for (let at = 0; at < bytes.length;) {
				const section = await readSection(textOf(text), at, 1, size);
				expect(section.byteStart).toBe(at);
				expect(section.text.length).toBeLessThanOrEqual(size);
				expect(firstInvalidUtf8(section.text)).toBe(-1);
				forwards.push(decodeUtf8(section.text));
				expect(section.text.length).toBeGreaterThan(0);
				at += section.text.length;
			}
			expect(forwards.join('')).toBe(text);
			const backwards: string[] = [];
			for (let at = bytes.length; at > 0;) {
				const section = await readSection(textOf(text), at, -1, size);
				expect(section.byteStart + section.text.length).toBe(at);
				expect(section.byteStart).toBeLessThan(at);
				expect(firstInvalidUtf8(section.text)).toBe(-1);
				backwards.unshift(decodeUtf8(section.text));
				at = section.byteStart;
			}
			expect(backwards.join('')).toBe(text);
		})
	);
});

it('reads the same from a file as from a text', async () => {
	const content = 'one\nzwei\ntrès\n四五六七八九\n😀😀😀\nend';
	const file = { kind: 'file', file: fileOf('a.txt', content), format: 'text' } as const;
	for (const [byte, direction] of [
		[0, 1],
		[9, 1],
		[33, 1],
		[36, -1],
		[9, -1],
		[2, -1]
	] as const) {
		expect(await readSection(file, byte, direction, 12)).toEqual(
			await readSection(textOf(content), byte, direction, 12)
		);
	}
});
