import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../engine/text/utf8';
import { holdOut, type TextPart } from './hold-out';

const documents = (...texts: string[]) =>
	texts.map((text, i) => ({ name: `d${i}`, text: encodeUtf8(text) }));

const textsOf = (parts: readonly TextPart[]) => parts.map(({ utf8 }) => decodeUtf8(utf8));

describe('holdOut', () => {
	it('holds out every fifth document as a whole', () => {
		const long = 'line\n'.repeat(10_000);
		const split = holdOut(documents('a', 'b', 'c', 'd', long, 'f', 'g'));
		expect(new Set(split.heldOut.map(({ document }) => document))).toEqual(new Set(['d4']));
		expect(textsOf(split.heldOut).join('')).toBe(long);
		expect(textsOf(split.training)).toEqual(['a', 'b', 'c', 'd', 'f', 'g']);
		expect(split).toMatchObject({ trainingDocuments: 6, heldOutDocuments: 1 });
	});

	it('skips empty documents', () => {
		const split = holdOut(documents('a', '', 'b', 'c', 'd', 'e'));
		expect(textsOf(split.heldOut)).toEqual(['e']);
	});

	it('a single text is split at line ends, and every fifth part is held out', () => {
		const lines = Array.from({ length: 100 }, (_, i) => `line ${i} of a text that goes on\n`);
		const split = holdOut(documents(lines.join('')));
		for (const text of textsOf([...split.training, ...split.heldOut]))
			expect(text.at(-1)).toBe('\n');
		expect(split.heldOutDocuments).toBe(Math.floor((split.trainingDocuments * 1.25) / 5));
	});

	it('names the least amount of text', () => {
		expect(() => holdOut(documents('too short'))).toThrow(
			'the text is too short to measure with: got 9 bytes, expected at least 1000'
		);
		expect(() => holdOut([])).toThrow('got 0 bytes');
	});
});

it('loses no byte, splits no character and knows the offset of each part', () => {
	const text = fc.string({
		unit: fc.constantFrom('a', ' ', '\n', 'é', '字', '👩‍🚀'),
		minLength: 1500
	});
	fc.assert(
		fc.property(text, (text) => {
			const bytes = encodeUtf8(text);
			const { training, heldOut } = holdOut([{ name: 'd', text: bytes }]);
			const parts = [...training, ...heldOut].sort((a, b) => a.byteStart - b.byteStart);
			expect(textsOf(parts).join('')).toBe(text);
			for (const part of parts) {
				const original = bytes.subarray(part.byteStart, part.byteStart + part.utf8.length);
				expect(original).toEqual(part.utf8);
				expect(decodeUtf8(original)).not.toContain('\ufffd');
			}
		}),
		{ numRuns: 30 }
	);
});
