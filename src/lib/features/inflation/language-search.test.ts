import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { findLanguages } from './language-search';

const LANGUAGES = [
	languageOf('eng', 'English'),
	languageOf('tur', 'Turkish', { ownName: 'Türkçe', bcp47: 'tr' }),
	languageOf('mya', 'Burmese', { script: 'Myanmar', ownName: 'မြန်မာ', bcp47: 'my' }),
	languageOf('shn', 'Shan', { script: 'Myanmar', bcp47: 'shn' }),
	languageOf('pes_1', 'Farsi, Western', { script: 'Arabic', bcp47: 'fa' }),
	languageOf('hsb', 'Sorbian, Upper', { bcp47: 'hsb' }),
	languageOf('020', 'Ticuna', { bcp47: 'und' })
];

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

	it('keeps to a script', () => {
		expect(found('', 'Myanmar')).toEqual(['mya', 'shn']);
		expect(found('shan', 'Latin')).toEqual([]);
	});

	it('finds by the script, by its name and its code', () => {
		expect(found('myanmar')).toEqual(['mya', 'shn']);
		expect(found('mymr')).toEqual(['mya', 'shn']);
		expect(found('arabic farsi')).toEqual(['pes_1']);
	});

	it('finds by another English name, and by the country', () => {
		expect(found('persian')).toEqual(['pes_1']);
		expect(found('iran')).toEqual(['pes_1']);
		expect(found('burma')).toEqual(['mya', 'shn']);
	});

	it('takes a country only as a whole word: not all that is spoken in Germany is German', () => {
		expect(found('german')).toEqual([]);
		expect(found('germany')).toEqual(['hsb']);
	});
});
