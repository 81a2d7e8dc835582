import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength } from '../engine/text/utf8';
import { graphemesOf, isLoneMark, joinGraphemes, matchesOf } from './graphemes';

const count = (text: string, letter: string, rule: 'alike' | 'exact' = 'alike') =>
	matchesOf(graphemesOf(text), letter, rule).reduce((sum, match) => sum + match, 0);

describe('graphemesOf', () => {
	it('counts what a reader sees as one character, with the exclusive last byte of each', () => {
		const texts = ['strawberry', 'e\u0301', '👨‍👩‍👧‍👦', '각', '\u1100\u1161\u11a8', '🇫🇮', 'नि', '草莓'];
		const lengths = texts.map((text) => graphemesOf(text).texts.length);
		expect(lengths).toEqual([10, 1, 1, 1, 1, 1, 1, 2]);
		expect([...graphemesOf('ae\u0301草👨‍👩‍👧‍👦').ends]).toEqual([1, 4, 7, 32]);
	});

	it('tiles every text, lone surrogates as U+FFFD', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const { texts, ends } = graphemesOf(text);
				expect(texts.join('')).toBe(text.toWellFormed());
				expect(ends.at(-1) ?? 0).toBe(byteLength(text.toWellFormed()));
			})
		);
		expect(graphemesOf('a\ud800').texts).toEqual(['a', '\ufffd']);
	});

	it('splits ASCII as Intl.Segmenter does, including line ends', () => {
		const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
		const ascii = fc.string({ unit: fc.constantFrom(...'aZ 9-\r\n\t\0\x7f') });
		fc.assert(
			fc.property(ascii, (text) => {
				const expected = Array.from(segmenter.segment(text), ({ segment }) => segment);
				expect(graphemesOf(text).texts).toEqual(expected);
			})
		);
		expect([...graphemesOf('a\r\nb').ends]).toEqual([1, 3, 4]);
	});
});

describe('equal letters', () => {
	it('counts the r in strawberry, and ignores case under the rule alike, but not under exact', () => {
		expect(count('strawberry', 'r')).toBe(3);
		expect([count('Strawberries', 's'), count('Strawberries', 's', 'exact')]).toEqual([2, 1]);
		expect([count('ΣΊΣΥΦΟΣ σίσυφος', 'σ'), count('straße', 'ẞ')]).toEqual([6, 1]);
	});

	it('distinguishes the two letters i of Turkish', () => {
		expect([count('ışık', 'i'), count('ışık', 'ı'), count('IŞIK ışık', 'i')]).toEqual([0, 2, 2]);
		expect([count('İzmir', 'i'), count('İzmir', 'İ')]).toEqual([1, 1]);
	});

	it('equates a letter and its capital if Unicode folds them to one', () => {
		for (let code = 0; code <= 0x10ffff; code++) {
			const letter = String.fromCodePoint(code);
			const capital = letter.toUpperCase();
			if (capital === letter || graphemesOf(capital).texts.length !== 1) continue;
			// With the flags i and u, a RegExp compares by simple case folding.
			const folds = new RegExp(`^${capital.normalize('NFD')}$`, 'iu').test(letter.normalize('NFD'));
			expect(count(letter, capital), letter).toBe(Number(folds));
		}
	});

	it('distinguishes accented letters, and counts whole graphemes only', () => {
		expect([count('é e\u0301 e', 'e'), count('é e\u0301 e', 'é'), count('é', 'e\u0301')]).toEqual([
			1, 2, 1
		]);
		expect(count('👨‍👩‍👧‍👦👨', '👨')).toBe(1);
		expect(count('각각', '\u1100\u1161\u11a8')).toBe(2);
		expect(count('각', '\u1100')).toBe(0);
		expect([count('strawberry', 'rr'), count('strawberry', '')]).toEqual([0, 0]);
		expect([...matchesOf(graphemesOf('berry'), 'R', 'alike')]).toEqual([0, 0, 1, 1, 0]);
	});
});

describe('joinGraphemes', () => {
	it('keeps a mark at the start of the second text as a grapheme', () => {
		const joined = joinGraphemes(graphemesOf(' '), graphemesOf('\u0301a'));
		expect([joined.texts, [...joined.ends]]).toEqual([
			[' ', '\u0301', 'a'],
			[1, 3, 4]
		]);
		expect(graphemesOf(' \u0301a').texts).toHaveLength(2);
		expect(joinGraphemes(graphemesOf(''), graphemesOf('a')).texts).toEqual(['a']);
	});
});

describe('isLoneMark', () => {
	it('is true for a mark without a letter', () => {
		const texts = ['\u0301', '\u0301\u0302', 'e\u0301', 'e', ''];
		expect(texts.filter(isLoneMark)).toEqual(['\u0301', '\u0301\u0302']);
	});
});
