import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../../../tests/support/arbitrary-text';
import { foldedHex, foldedParts, foldOf } from './fold';
import { partsOf } from './parts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = (parts: readonly { readonly text: string }[]) =>
	parts.map(({ text }) => text).join('');
const whole = (document: Uint8Array) => ({ start: 0, end: document.length, drawnTo: 0 });

describe('foldedParts', () => {
	it('draws tokens of normal length whole', () => {
		const document = utf8(' '.repeat(1000));
		expect(foldedParts(document, whole(document), true)).toEqual(
			partsOf(document, whole(document), true)
		);
	});

	it('shows the ends of a longer token and keeps all of it in the page', () => {
		const document = utf8('a'.repeat(524_288));
		const parts = foldedParts(document, whole(document), true);
		expect(parts.map(({ kind, text }) => [kind, text.length])).toEqual([
			['text', 200],
			['folded', 523_888],
			['text', 200]
		]);
		expect(parts[1]).toMatchObject({ label: '… 523,888 bytes …' });
	});

	it('copies the original text, and splits no character', () => {
		fc.assert(
			fc.property(
				anyText({ minLength: 1, maxLength: 20 }),
				fc.integer({ min: 300, max: 700 }),
				fc.boolean(),
				(piece, times, whitespace) => {
					const document = utf8(piece.repeat(times));
					const parts = foldedParts(document, whole(document), whitespace);
					expect(textOf(parts)).toBe(
						new TextDecoder('utf-8', { ignoreBOM: true }).decode(document)
					);
					expect(parts.some(({ kind }) => kind === 'cells')).toBe(false);
				}
			)
		);
	});

	it('copies neither bytes that belong to no character nor what an earlier token has drawn', () => {
		const document = Uint8Array.of(...utf8('x'.repeat(1500)), 0xff, ...utf8('y'.repeat(1500)));
		const parts = foldedParts(document, { ...whole(document), drawnTo: 1000 }, true);
		expect(textOf(parts)).toBe('x'.repeat(500) + 'y'.repeat(1500));
	});
});

describe('foldedHex', () => {
	it('has every byte once, folded or not', () => {
		for (const length of [0, 3, 1000, 1001, 5000]) {
			const document = Uint8Array.from({ length }, (_, i) => i % 256);
			const hex = Array.from(document, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
			expect(textOf(foldedHex(document, 0, length))).toBe(hex);
		}
	});
});

it('also folds bytes that are not UTF-8', () => {
	const document = new Uint8Array(4000).fill(0x80);
	const { from, to } = foldOf(document, 0, 4000);
	expect([from, to]).toEqual([203, 3803]);
});
