import { expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { compareSuffixes, meaningOf } from './suffixes';

it.each([
	// ·ev|ler|iniz|den, as in cl100k_base.
	[
		[0, 3, 6, 10, 13],
		['house', 'plural', 'your', 'from']
	],
	// ·|ev|leri|n|iz|den.
	[
		[0, 1, 3, 7, 8, 10, 13],
		[null, 'house', null, null, null, 'from']
	],
	[[0, 13], [null]]
])('names the parts of the word that tokens with boundaries %j are', (at, meanings) => {
	expect(at.slice(1).map((end, i) => meaningOf(at[i], end))).toEqual(meanings);
});

/** Premiums in llama3 and cl100k_base: 30 articles of the declaration, encoded by the reference implementations. */
const PREMIUMS: Readonly<Record<string, readonly (number | null)[]>> = {
	tur: [1.46, 2.02],
	fin: [2.18, 2.19],
	deu_1996: [1.66, 1.66],
	spa: [1.47, 1.47]
};
const rowsIn = (codes: readonly string[]) =>
	codes
		.filter((code) => code in PREMIUMS)
		.map((code) => ({ language: languageOf(code, code), premiums: PREMIUMS[code] }));
const codes = (costs: readonly { readonly language: { readonly code: string } }[]) =>
	costs.map(({ language }) => language.code);

it('lists what languages with many and with few suffixes cost in each tokenizer, the cheapest first', () => {
	const found = compareSuffixes(['llama3', 'cl100k_base'], rowsIn, 'eng');
	expect(found.map(({ tokenizer }) => tokenizer)).toEqual(['llama3', 'cl100k_base']);
	expect([codes(found[0].many), codes(found[0].few)]).toEqual([
		['tur', 'fin'],
		['spa', 'deu_1996']
	]);
	expect(found[1].many[0].premium).toBe(2.02);
});

it('leaves out the baseline, and tokenizers without premiums of both kinds', () => {
	expect(codes(compareSuffixes(['llama3'], rowsIn, 'tur')[0].many)).toEqual(['fin']);
	const withoutFew = (of: readonly string[]) =>
		rowsIn(of).map((row) => (of.includes('spa') ? { ...row, premiums: [null] } : row));
	expect(compareSuffixes(['llama3'], withoutFew, 'eng')).toEqual([]);
});
