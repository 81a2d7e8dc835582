import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { LANGUAGES as ALL_LANGUAGES } from '../../session/downloads/language-texts';
import { byName, findLanguages, scriptsOf, shortTexts } from './language-list';

const LANGUAGES = [
	languageOf('eng', 'English'),
	languageOf('tur', 'Turkish', { ownName: 'Türkçe', bcp47: 'tr' }),
	languageOf('mya', 'Burmese', { script: 'Myanmar', ownName: 'မြန်မာ', bcp47: 'my' }),
	languageOf('shn', 'Shan', { script: 'Myanmar', bcp47: 'shn' }),
	languageOf('pes_1', 'Farsi, Western', { script: 'Arabic', bcp47: 'fa' }),
	languageOf('hsb', 'Sorbian, Upper', { bcp47: 'hsb' }),
	languageOf('020', 'Ticuna', { bcp47: 'und' })
];

it('sorts by plain name', () => {
	const names = ['Zulu', '(Bataknese)', 'Afar', 'Crioulo'].map((name) => languageOf(name, name));
	expect(byName(names).map(({ name }) => name)).toEqual(['Afar', '(Bataknese)', 'Crioulo', 'Zulu']);
});

describe('findLanguages', () => {
	const found = (search: string, script: string | null = null) =>
		findLanguages(LANGUAGES, search, script).map(({ code }) => code);

	it('finds by name, own name and code, without case and accents', () => {
		expect(found('TURK')).toEqual(['tur']);
		expect(found('turkce')).toEqual(['tur']);
		expect(found('မြန်မာ')).toEqual(['mya']);
		expect(found(' shn ')).toEqual(['shn']);
		expect(found('klingon')).toEqual([]);
		expect(found('')).toHaveLength(7);
	});

	it('keeps to one script', () => {
		expect(found('', 'Myanmar')).toEqual(['mya', 'shn']);
		expect(found('shan', 'Latin')).toEqual([]);
	});

	it('finds by the name and the code of the script', () => {
		expect(found('myanmar')).toEqual(['mya', 'shn']);
		expect(found('mymr')).toEqual(['mya', 'shn']);
		expect(found('arabic farsi')).toEqual(['pes_1']);
	});

	it('finds by another English name, and by the country', () => {
		expect(found('persian')).toEqual(['pes_1']);
		expect(found('iran')).toEqual(['pes_1']);
		expect(found('burma')).toEqual(['mya', 'shn']);
	});

	it('matches a country only as a whole word: not every language of Germany is German', () => {
		expect(found('german')).toEqual([]);
		expect(found('germany')).toEqual(['hsb']);
	});
});

it('sorts names as a dictionary does', () => {
	const languages = ['Zulu', 'Éwé', 'Faroese', 'Ewondo'].map((name) => languageOf(name, name));
	expect(byName(languages).map(({ name }) => name)).toEqual(['Éwé', 'Ewondo', 'Faroese', 'Zulu']);
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

it('finds eight of all languages', () => {
	// Counted in the index by hand: fewer than 4,699 of 8,543 characters in Latin, 4,681 of 8,512 in Cyrillic.
	expect(shortTexts(ALL_LANGUAGES).map(({ code }) => code)).toEqual([
		'065',
		'btb',
		'cbs',
		'cic',
		'eve',
		'nku',
		'nym',
		'wwa'
	]);
});
