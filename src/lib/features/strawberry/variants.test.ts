import { expect, it } from 'vitest';
import { variantsOf, wordsOf, WordVariant } from './variants';

const texts = (word: string) => variantsOf(word).map(({ text }) => text);

it('gives each spelling of strawberry on its own and in a sentence', () => {
	expect(variantsOf('strawberry')).toMatchObject([
		{ spelling: 'typed', form: 'alone', text: 'strawberry', byteStart: 0, lead: 0 },
		{ spelling: 'typed', form: 'sentence', text: 'The strawberry', byteStart: 3, lead: 1 },
		{ spelling: 'capitalised', form: 'alone', text: 'Strawberry' },
		{ spelling: 'capitalised', form: 'sentence', text: 'The Strawberry' },
		{ spelling: 'upper', form: 'alone', text: 'STRAWBERRY' },
		{ spelling: 'upper', form: 'sentence', text: 'The STRAWBERRY' },
		{ spelling: 'hyphenated', form: 'alone', text: 's-t-r-a-w-b-e-r-r-y' },
		{ spelling: 'hyphenated', form: 'sentence', text: 'The s-t-r-a-w-b-e-r-r-y' }
	]);
});

it('shows of a sentence the word with its space, in which the letter is not counted', () => {
	const variant = new WordVariant('typed', 'sentence', 'a b');
	expect(Buffer.from(variant.document()).toString()).toBe(' a b');
	expect(variant.graphemes().texts).toEqual([' ', 'a', ' ', 'b']);
	expect([...variant.matches({ letter: ' ', caseRule: 'alike' })]).toEqual([0, 0, 1, 0]);
	// The space doesn't combine with a mark.
	const mark = new WordVariant('typed', 'sentence', '\u0301');
	expect(mark.graphemes().texts).toEqual([' ', '\u0301']);
});

it('leaves out spellings that equal the word', () => {
	expect(texts('草莓')).toEqual(['草莓', 'The 草莓', '草-莓', 'The 草-莓']);
	expect(texts('A')).toEqual(['A', 'The A']);
	expect(texts('')).toEqual([]);
});

it('has U+FFFD for half a surrogate pair, which makes no spelling of its own', () => {
	expect(texts('\ud83c')).toEqual(['\ufffd', 'The \ufffd']);
	expect(texts('a\ud83c').slice(0, 4)).toEqual([
		'a\ufffd',
		'The a\ufffd',
		'A\ufffd',
		'The A\ufffd'
	]);
});

it('never splits a grapheme', () => {
	expect(texts('e\u0301a👨‍👩‍👧‍👦')).toContain('e\u0301-a-👨‍👩‍👧‍👦');
});

it('lists typed words for the picture once each, twelve at most', () => {
	expect(wordsOf('  straw  berry straw ')).toEqual(['straw', 'berry']);
	expect(wordsOf('a b c d e f g h i j k l m n')).toHaveLength(12);
	expect(wordsOf(' ')).toEqual([]);
});
