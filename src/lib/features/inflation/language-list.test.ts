import { expect, it } from 'vitest';
import { FOUR_LANGUAGES, languageOf } from '../../../../tests/support/inflation';
import { byName, findLanguages, scriptsOf, shortTexts } from './language-list';

const LANGUAGES = [
	...FOUR_LANGUAGES,
	languageOf('pes_1', 'Farsi, Western', { script: 'Arabic', bcp47: 'fa' }),
	languageOf('hsb', 'Sorbian, Upper', { bcp47: 'hsb' }),
	languageOf('020', 'Ticuna', { bcp47: 'und' })
];

it.each([
	[
		['Zulu', '(Bataknese)', 'Afar', 'Crioulo'],
		['Afar', '(Bataknese)', 'Crioulo', 'Zulu']
	],
	[
		['Zulu', 'Éwé', 'Faroese', 'Ewondo'],
		['Éwé', 'Ewondo', 'Faroese', 'Zulu']
	]
])('sorts names as a dictionary does: %j', (names, sorted) => {
	const languages = names.map((name) => languageOf(name, name));
	expect(byName(languages).map(({ name }) => name)).toEqual(sorted);
});

it.each([
	// By name, own name and code, ignoring case and accents.
	['TURK', null, ['tur']],
	['turkce', null, ['tur']],
	['မြန်မာ', null, ['mya']],
	[' shn ', null, ['shn']],
	['klingon', null, []],
	['', null, ['eng', 'tur', 'mya', 'shn', 'pes_1', 'hsb', '020']],
	['', 'Myanmar', ['mya', 'shn']],
	['shan', 'Latin', []],
	// By the name and the code of the script.
	['myanmar', null, ['mya', 'shn']],
	['mymr', null, ['mya', 'shn']],
	['arabic farsi', null, ['pes_1']],
	// By a different English name, and by the country.
	['persian', null, ['pes_1']],
	['iran', null, ['pes_1']],
	['burma', null, ['mya', 'shn']],
	// A country matches only as a whole word: not every language of Germany is German.
	['german', null, []],
	['germany', null, ['hsb']]
])('finds languages by %j in the script %s', (search, script, codes) => {
	expect(findLanguages(LANGUAGES, search, script).map(({ code }) => code)).toEqual(codes);
});

it('counts the languages of each script', () => {
	expect(scriptsOf(LANGUAGES)).toEqual([
		{ script: 'Latin', languages: 4 },
		{ script: 'Myanmar', languages: 2 },
		{ script: 'Arabic', languages: 1 }
	]);
});

it('finds texts far shorter than the median of their script, if it has many languages', () => {
	const many = Array.from({ length: 11 }, (_, i) => languageOf(`l${i}`, `L${i}`, { chars: 1000 }));
	const shorter = [
		languageOf('half', 'Half', { chars: 549 }),
		languageOf('more', 'More', { chars: 550 }),
		languageOf('han', 'Han', { chars: 10, script: 'Han' })
	];
	expect(shortTexts([...many, ...shorter]).map(({ code }) => code)).toEqual(['half']);
});
