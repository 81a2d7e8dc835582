import { describe, expect, it } from 'vitest';
import { pluralOf, variantsOf } from './variants';

const texts = (word: string) =>
	Object.fromEntries(variantsOf(word).map(({ kind, text }) => [kind, text]));

describe('variantsOf', () => {
	it('gives eleven variants of strawberry', () => {
		expect(texts('strawberry')).toEqual({
			alone: 'strawberry',
			sentence: 'The strawberry',
			space: ' strawberry',
			capitalised: 'Strawberry',
			upper: 'STRAWBERRY',
			quoted: '"strawberry"',
			newline: '\nstrawberry',
			plural: 'strawberries',
			misspelt: 'strabwerry',
			hyphenated: 's-t-r-a-w-b-e-r-r-y',
			spaced: 's t r a w b e r r y'
		});
	});

	it('shows of a sentence the word with its space', () => {
		const sentence = variantsOf('草莓').find(({ kind }) => kind === 'sentence');
		expect(sentence).toMatchObject({
			kind: 'sentence',
			text: 'The 草莓',
			shown: ' 草莓',
			byteStart: 3
		});
	});

	it('leaves out variants that equal the word or do not exist', () => {
		expect(Object.keys(texts('草莓'))).toEqual([
			'alone',
			'sentence',
			'space',
			'quoted',
			'newline',
			'hyphenated',
			'spaced'
		]);
		expect(Object.keys(texts('a'))).not.toContain('misspelt');
		expect(Object.keys(texts('aaaa'))).not.toContain('misspelt');
		expect(texts('A')).not.toHaveProperty('capitalised');
		expect(variantsOf('')).toEqual([]);
	});

	it('has U+FFFD for half a surrogate pair, which makes no variant of its own', () => {
		expect(texts('a\ud83c')).toEqual({
			alone: 'a\ufffd',
			sentence: 'The a\ufffd',
			space: ' a\ufffd',
			capitalised: 'A\ufffd',
			upper: 'A\ufffd',
			quoted: '"a\ufffd"',
			newline: '\na\ufffd',
			hyphenated: 'a-\ufffd',
			spaced: 'a \ufffd'
		});
		expect(Object.keys(texts('\ud83c'))).not.toContain('capitalised');
	});

	it('never splits a grapheme', () => {
		expect(texts('e\u0301a👨‍👩‍👧‍👦')).toMatchObject({
			hyphenated: 'e\u0301-a-👨‍👩‍👧‍👦',
			misspelt: 'ae\u0301👨‍👩‍👧‍👦'
		});
	});
});

describe('pluralOf', () => {
	it('follows the rules of English', () => {
		expect(['berry', 'day', 'box', 'church', 'dish', 'bus', 'cat', 'Y'].map(pluralOf)).toEqual([
			'berries',
			'days',
			'boxes',
			'churches',
			'dishes',
			'buses',
			'cats',
			'Ys'
		]);
		expect(['BERRY', 'BOX', 'DAY', 'iPad', 'A', '9 X'].map(pluralOf)).toEqual([
			'BERRIES',
			'BOXES',
			'DAYS',
			'iPads',
			'As',
			'9 Xes'
		]);
		expect(['草莓', 'evlerinizdé', '9.11', ''].map(pluralOf)).toEqual([null, null, null, null]);
	});
});
