import { expect, it } from 'vitest';
import { pluralOf, variantsOf } from './variants';

const texts = (word: string) =>
	Object.fromEntries(variantsOf(word).map(({ kind, text }) => [kind, text]));

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
	const sentence = { kind: 'sentence', text: 'The 草莓', shown: ' 草莓', byteStart: 3 };
	expect(variantsOf('草莓')).toContainEqual(expect.objectContaining(sentence));
});

it('leaves out variants that equal the word or do not exist', () => {
	const kinds = 'alone sentence space quoted newline hyphenated spaced';
	expect(Object.keys(texts('草莓')).join(' ')).toBe(kinds);
	expect(Object.keys(texts('a'))).not.toContain('misspelt');
	expect(Object.keys(texts('aaaa'))).not.toContain('misspelt');
	expect(texts('A')).not.toHaveProperty('capitalised');
	expect(variantsOf('')).toEqual([]);
});

it('has U+FFFD for half a surrogate pair, which makes no variant of its own', () => {
	const half = texts('a\ud83c');
	expect(half).toMatchObject({ alone: 'a\ufffd', capitalised: 'A\ufffd', spaced: 'a \ufffd' });
	expect(Object.keys(half).join(' ')).toBe(
		'alone sentence space capitalised upper quoted newline hyphenated spaced'
	);
	expect(Object.values(half).join('').isWellFormed()).toBe(true);
	expect(Object.keys(texts('\ud83c'))).not.toContain('capitalised');
});

it('never splits a grapheme', () => {
	expect(texts('e\u0301a👨‍👩‍👧‍👦')).toMatchObject({
		hyphenated: 'e\u0301-a-👨‍👩‍👧‍👦',
		misspelt: 'ae\u0301👨‍👩‍👧‍👦'
	});
});

it.each([
	['berry day box church dish bus cat Y', 'berries days boxes churches dishes buses cats Ys'],
	['BERRY BOX DAY iPad A', 'BERRIES BOXES DAYS iPads As']
])('follows the rules of English in the plurals of %s', (words, plurals) => {
	expect(words.split(' ').map(pluralOf).join(' ')).toBe(plurals);
});

it('has a plural of the last letter of English only', () => {
	const plurals = ['9 X', '草莓', 'evlerinizdé', '9.11', ''].map(pluralOf);
	expect(plurals).toEqual(['9 Xes', null, null, null, null]);
});
