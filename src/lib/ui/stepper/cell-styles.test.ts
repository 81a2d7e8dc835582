import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../../../tests/support/arbitrary-text';
import { tokensAt } from '../../../../tests/support/encodings';
import { cellStyles, lightness, slotOf, type StepState } from './cell-styles';
import { splitLetters } from './letters';

const none = { boundaries: new Uint32Array(0), focus: null, active: -1, focused: false };

function stylesOf(text: string, starts: readonly number[], more: Partial<StepState> = {}) {
	const document = new TextEncoder().encode(text);
	const byteStarts = Uint32Array.from(starts);
	const byteEnds = Uint32Array.from([...starts.slice(1), document.length]);
	const letters = splitLetters(document, { start: 0, end: document.length });
	const encoding = { ids: byteStarts.map((start, i) => byteEnds[i] - start), byteStarts, byteEnds };
	return { letters, ...cellStyles(letters, { ...none, encoding, anchors: byteStarts, ...more }) };
}

/** Drawn cells, as byte and class names without colour and lightness. */
function cells({ classNames }: { classNames: readonly string[] }): string[] {
	return classNames.flatMap((className, slot) => {
		const byte = `${Math.floor(slot / 2)}${slot % 2 === 1 ? 'b' : ''}`;
		return className === '' ? [] : byte + className.replace(/ (quiet|marked) p\d/, '');
	});
}

describe('cellStyles', () => {
	it('styles each letter of a token, and its ends', () => {
		expect(cells(stylesOf('abc', [0, 2]))).toEqual(['0 start', '1 end', '2 start end']);
	});

	it('splits a letter into bytes if a token ends inside it', () => {
		const styles = stylesOf('a好', [0, 3]);
		expect(cells(styles)).toEqual(['0 start', '1b', '2b end', '3b start end']);
		expect([...styles.split]).toEqual([0, 1]);
	});

	it('marks what was made, also if the boundary is before the view', () => {
		const boundaries = Uint32Array.of(1);
		expect(cells(stylesOf('abc', [0, 2], { boundaries }))).toEqual([
			'0 made start',
			'1 made end',
			'2 start end'
		]);
		const letters = splitLetters(new TextEncoder().encode('abc'), { start: 2, end: 3 });
		const one = { encoding: tokensAt([7, 0, 3]), anchors: Uint32Array.of(0) };
		const styles = cellStyles(letters, { ...none, ...one, boundaries });
		expect(cells(styles)).toEqual(['0 made end']);
	});

	it('outlines both tokens of each pair that is about to merge', () => {
		// a b c c, before ab: the second c isn't part of a pair.
		const pairs = { boundaries: Uint32Array.of(1), isBefore: true };
		expect(cells(stylesOf('abcc', [0, 1, 2, 3], pairs))).toEqual([
			'0 pair start end',
			'1 pair start end',
			'2 start end',
			'3 start end'
		]);
	});

	it('outlines the token that has the keyboard, others of its id, and linked bytes', () => {
		const more = { active: 1, focused: true, focus: { start: 3, end: 4 } };
		expect(cells(stylesOf('abcd', [0, 1, 2], more))).toEqual([
			'0 same start end',
			'1 here start end',
			'2 linked start',
			'3 linked end'
		]);
	});

	it('begins every token exactly once, wherever the boundaries are', () => {
		const text = anyText({ minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(text, fc.array(fc.boolean(), { minLength: 120 }), (string, flags) => {
				const size = new TextEncoder().encode(string).length;
				const starts = [...Array(size).keys()].filter((byte) => byte === 0 || flags[byte]);
				const { heads, letters, classNames } = stylesOf(string, starts);
				const begun = [...heads].filter((token) => token >= 0);
				expect(begun).toEqual(starts.map((_, token) => token));
				// A byte is drawn by its letter or separately, never both.
				for (const { byte, bytes } of letters) {
					const parts = Array.from(
						{ length: bytes },
						(_, i) => classNames[slotOf(byte + i, 0) + 1]
					);
					const whole = classNames[slotOf(byte, 0)] !== '';
					expect(parts.map((part) => part !== '')).toEqual(parts.map(() => !whole));
				}
			})
		);
	});
});

/** The first bytes for which `chosen` is true, and byte 0. */
const bytesOf = (length: number, chosen: readonly boolean[]) =>
	Uint32Array.from(Array.from({ length }, (_, i) => i).filter((i) => i === 0 || chosen[i]));

describe('lightness', () => {
	it('makes neighbours differ everywhere', () => {
		const flags = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
		fc.assert(
			fc.property(flags, flags, (anchor, start) => {
				const anchors = bytesOf(40, anchor);
				const starts = bytesOf(
					40,
					start.map((on, i) => on || anchor[i])
				);
				const light = lightness(starts, anchors);
				for (let i = 1; i < light.length; i++) expect(light[i]).not.toBe(light[i - 1]);
			})
		);
	});

	it('changes only the span in which tokens merge', () => {
		const anchors = Uint32Array.of(0, 4, 8);
		const before = lightness(Uint32Array.of(0, 2, 4, 5, 6, 8, 9), anchors);
		const after = lightness(Uint32Array.of(0, 2, 4, 6, 8, 9), anchors);
		expect([...after.slice(0, 2), ...after.slice(-2)]).toEqual([
			...before.slice(0, 2),
			...before.slice(-2)
		]);
	});
});
