import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../engine/text';
import { textsAround } from './characters';

describe('textsAround', () => {
	it.each([
		['the beginning of a character', [0x20, 0xe2]],
		['two bytes of three', [0x61, 0xe4, 0xb8]],
		['the beginning of one of four bytes', [0x61, 0xf0, 0x9f]],
		['the beginning of one of two bytes', [0xc3]],
		['the end of a character', [0xad, 0x61]],
		['the ends of two characters', [0x80, 0x94, 0x20, 0xe2, 0x80]]
	])('contain %s', (_, bytes) => {
		const fragment = String(bytes);
		const texts = textsAround(Uint8Array.from(bytes), 6);
		expect(texts.length).toBeGreaterThan(0);
		for (const text of texts) expect(String(Array.from(encodeUtf8(text)))).toContain(fragment);
	});
});
