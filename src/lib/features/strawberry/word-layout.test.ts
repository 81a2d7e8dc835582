import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import type { Encoding } from '../../engine';
import { WordVariant } from './variants';
import { layOut, lettersIn, letterText, type Piece, type Segment } from './word-layout';

const spans = (...of: [start: number, end: number][]): Encoding => ({
	ids: Uint32Array.from(of, (_, i) => 100 + i),
	byteStarts: Uint32Array.from(of, ([start]) => start),
	byteEnds: Uint32Array.from(of, ([, end]) => end)
});
const starting = (encoding: Encoding, id: number): Encoding => ({
	...encoding,
	ids: encoding.ids.map((other) => other - 100 + id)
});

/** Lays out a word. The ids in a sentence start at 500, so that none equals an id of the word on its own. */
const lay = (word: string, alone: Encoding, sentence: Encoding, firstId = 500) =>
	layOut(
		{ variant: new WordVariant('typed', 'alone', word), encoding: alone },
		{ variant: new WordVariant('typed', 'sentence', word), encoding: starting(sentence, firstId) }
	);

/**
 * Pieces as `index:width`, with `<` if a piece continues from the previous segment and `>` if it continues in the next.
 */
const draw = (pieces: readonly Piece[]) =>
	pieces
		.map(({ index, width, starts, ends }) =>
			[starts ? '' : '<', `${index}:${Number(width.toFixed(2))}`, ends ? '' : '>'].join('')
		)
		.join(' ');
const rowsOf = ({ letters, alone, sentence }: Segment) => [letters, alone, sentence].map(draw);

it('draws each id below its letters, and leaves the space to the sentence', () => {
	const segments = lay('strawberry', endingAt(3, 5, 10), endingAt(11));
	expect(segments).toHaveLength(1);
	expect(segments[0].width).toBeCloseTo(11 * 2.2);
	expect(segments[0].letters.map(({ width }) => width)).toEqual(new Array(11).fill(2.2));
	expect(rowsOf(segments[0]).slice(1)).toEqual(['-1:2.2 0:6.6 1:4.4 2:11', '0:24.2']);
});

it('makes room for an id that is wider than its letters', () => {
	// Three digits plus 1.3 of padding make 4.3.
	const [segment] = lay('ab', endingAt(1, 2), endingAt(3));
	expect(rowsOf(segment)).toEqual(['0:2.2 1:4.3 2:4.3', '-1:2.2 0:4.3 1:4.3', '0:10.8']);
});

it('draws the parts of a letter that tokens share, and may wrap between two ids of both rows', () => {
	expect(lay('草', endingAt(1, 2, 3), endingAt(2, 3, 4)).map(rowsOf)).toEqual([
		['0:2.2 1:4.3>', '-1:2.2 0:4.3', '0:6.5'],
		['<1:4.3>', '1:4.3', '1:4.3'],
		['<1:4.3', '2:4.3', '2:4.3']
	]);
});

it('draws a space that the tokenizer adds as part of its first token', () => {
	const same = lay('st', endingAt(2), endingAt(3), 100);
	expect(rowsOf(same[0])).toEqual(['0:2.2 1:2.2 2:2.2', '0:6.6', '0:6.6']);
	// The first token begins after the space, which the tokenizer leaves out.
	const without = lay('st', endingAt(2), spans([1, 3]), 100);
	expect(without.map(rowsOf)).toEqual([
		['0:2.2', '-1:2.2', '-1:2.2'],
		['1:2.2 2:2.2', '0:4.4', '0:4.4']
	]);
});

it('gives tokens of one decomposed letter, and tokens without bytes, a place each', () => {
	const [first, second] = lay('™', spans([0, 3], [0, 3]), spans([0, 1], [1, 4], [1, 4]));
	expect(rowsOf(first)).toEqual(['0:4.3', '-1:4.3', '0:4.3']);
	expect(rowsOf(second)).toEqual(['1:4.3', '0:4.3', '1:4.3']);
});

it('cuts what is too wide for a phone', () => {
	const segments = lay('r'.repeat(20), endingAt(20), endingAt(21));
	// Eleven letters of 2.2 make 24.2; twelve would make 26.4.
	expect(segments.map(({ sentence }) => draw(sentence))).toEqual(['0:24.2>', '<0:22']);
	expect(segments.map(({ alone }) => draw(alone))).toEqual(['-1:2.2 0:22>', '<0:22']);
});

it('draws the first bytes of a very long word', () => {
	const word = 'r'.repeat(5000);
	const each = Array.from({ length: 5000 }, (_, i) => i + 1);
	const segments = lay(word, endingAt(...each), endingAt(...each, 5001));
	// A space and 159 letters.
	expect(segments.flatMap(({ letters }) => letters)).toHaveLength(160);
	expect(segments.flatMap(({ sentence }) => sentence).at(-1)).toMatchObject({
		index: 159,
		ends: true
	});
});

it('draws every letter and every token once, in rows of the same width, whatever the split', () => {
	const unit = fc.constantFrom('r', 'R', 'é', '草', '👩‍🚀', '각');
	const ends = fc.array(fc.nat());
	fc.assert(
		fc.property(fc.string({ unit, minLength: 1, maxLength: 5 }), ends, ends, (word, one, two) => {
			const split = (boundaries: readonly number[], length: number) =>
				endingAt(
					...[...new Set([...boundaries.map((at) => 1 + (at % length)), length])].sort(
						(a, b) => a - b
					)
				);
			const bytes = Buffer.byteLength(word);
			const [alone, sentence] = [split(one, bytes), split(two, bytes + 1)];
			const segments = lay(word, alone, sentence);
			const graphemes = new WordVariant('typed', 'sentence', word).graphemes().texts;
			for (const [row, count] of [
				['letters', graphemes.length],
				['alone', alone.ids.length],
				['sentence', sentence.ids.length]
			] as const) {
				const begun = segments
					.flatMap((segment) => segment[row])
					.filter(({ index, starts }) => index >= 0 && starts);
				expect(begun.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, i) => i));
				if (row !== 'letters')
					for (const { width } of begun) expect(width).toBeGreaterThanOrEqual(4.3 - 1e-9);
				for (const segment of segments) {
					const width = segment[row].reduce((sum, piece) => sum + piece.width, 0);
					expect(width).toBeCloseTo(segment.width);
					expect(width).toBeLessThanOrEqual(26);
				}
			}
		})
	);
});

it('counts the letters that a token holds whole', () => {
	const counts = (word: string, letter: string, encoding: Encoding) => {
		const variant = new WordVariant('typed', 'alone', word);
		const matches = variant.matches({ letter, caseRule: 'alike' });
		return Array.from(encoding.ids, (_, token) => lettersIn({ variant, encoding }, token, matches));
	};
	expect(counts('strawberry', 'r', endingAt(3, 5, 10))).toEqual([1, 0, 2]);
	// 草 has three bytes, split after the second.
	expect(counts('草莓草', '草', endingAt(2, 3, 6, 9))).toEqual([0, 0, 0, 1]);
	expect(counts('rr', 'r', spans([0, 0], [0, 2]))).toEqual([0, 2]);
	// Decomposed by a normalizer: both tokens span the whole letter, but neither contains it alone.
	expect(counts('™', '™', spans([0, 3], [0, 3]))).toEqual([0, 0]);
});

it.each([
	['r', 'r'],
	[' ', '·'],
	['\u0301', '◌\u0301'],
	['\u200d', '[ZWJ]'],
	['\r\n', '[␍]↵'],
	['👩‍🚀', '👩‍🚀']
])('draws the letter %j', (letter, text) => {
	expect(letterText(letter)).toBe(text);
});
