import { beforeAll, describe, expect, it } from 'vitest';
import { declarationCodes, declarationText } from '../../../tests/support/declarations';
import { prerenderInflation } from '../../lib/features/inflation/prerender';
import { prerender } from '../prerender';
import { FIRST_LANGUAGES } from '../../lib/languages/language-lines';
import { FIRST_TOKENIZERS } from '../../lib/session/documents/inflation';
import type { Translation } from '../../lib/languages/types';
import { LANGUAGES } from '../../lib/session/downloads/language-texts';
import { declarations } from './declarations';

let all: Translation[];
beforeAll(() => void (all = declarations()));

const languageOf = (code: string) => all.find(({ language }) => language.code === code)?.language;

describe('declarations', () => {
	it('are all that have thirty articles, each once, in the order of their codes', () => {
		const complete = declarationCodes().filter((code) => declarationText(code) !== null);
		expect(complete).toHaveLength(521);
		expect(all.map(({ language }) => language.code)).toEqual(complete.sort());
		expect(all.map(({ text }) => text.code)).toEqual(complete);
	});

	it('have the text of the package’s paragraphs, however it is read, in NFC unlike some of its files', () => {
		for (const { language, text } of all) {
			expect(text.text).toBe(declarationText(text.code));
			expect(Buffer.byteLength(text.text)).toBe(language.bytes);
			expect(text.text.normalize('NFC')).toBe(text.text);
		}
	});

	it('have words that lie in the text, in order, apart from each other', () => {
		for (const { language, text } of all) {
			expect((text.words?.length ?? 0) % 2).toBe(0);
			let at = 0;
			for (const [i, byte] of (text.words ?? []).entries()) {
				if (byte < at || (i % 2 === 1 && byte === at)) expect(byte, language.code).toBe(at);
				at = byte;
			}
			expect(at).toBeLessThanOrEqual(language.bytes);
		}
	});

	it('say the script, the direction and the name of a language, in English and its own', () => {
		expect(languageOf('tur')).toMatchObject({
			...{ bcp47: 'tr', name: 'Turkish', ownName: 'Türkçe', script: 'Latin', direction: 'ltr' }
		});
		expect(languageOf('arb')).toMatchObject({
			...{ bcp47: 'ar', ownName: 'العربية', script: 'Arabic', direction: 'rtl' }
		});
		expect(languageOf('jpn')).toMatchObject({ ownName: '日本語', script: 'Japanese' });
		expect(languageOf('srp_cyrl')?.script).toBe('Cyrillic');
	});

	it('have distinct names, with the code if two are the same', () => {
		expect(new Set(all.map(({ language }) => language.name)).size).toBe(all.length);
		expect(languageOf('ven2')?.name).toBe('Venda (ven2)');
		expect(languageOf('mal')?.name).toBe('Malayalam (mal)');
		expect(languageOf('tur')?.name).toBe('Turkish');
	});

	it('have no name of their own where none is known', () => {
		expect(languageOf('013')).toMatchObject({ bcp47: 'und', ownName: null });
		// For Montenegrin, ICU returns the name of Serbian in Montenegro.
		expect(languageOf('cnr')).toMatchObject({ bcp47: 'cnr', ownName: null });
	});

	it('have no words where none are marked and no dictionary is of the language', () => {
		const without = all.filter(({ text }) => text.words === null);
		// Tibetan, Dzongkha, Nuosu, Javanese and Khün; Mon and Shan; Chinese languages other than Mandarin, and Han nom.
		expect(without.map(({ language }) => language.code)).toEqual(
			[
				...['bod', 'dzo', 'iii', 'jav_java', 'kkh_lana', 'mnw', 'shn'],
				...['023', 'cjy', 'gan', 'hak', 'hsn', 'nan', 'wuu', 'yue', 'vie_han']
			].sort()
		);
	});
});

describe('what is packed', () => {
	it('are these languages and texts', () => {
		expect(LANGUAGES).toEqual(all.map(({ language }) => language));
		expect(prerender(({ languages }) => languages('all'))).toEqual(all.map(({ text }) => text));
	});

	it('are the first languages in a file of their own, measured under the first tokenizers', () => {
		expect(prerender(({ languages }) => languages('first'))).toEqual(
			FIRST_LANGUAGES.map((code) => all.find(({ text }) => text.code === code)?.text)
		);
		const { measures: byTokenizer } = prerender(prerenderInflation);
		expect(Object.keys(byTokenizer)).toEqual(FIRST_TOKENIZERS);
		for (const measures of Object.values(byTokenizer)) {
			expect(Object.keys(measures)).toEqual(FIRST_LANGUAGES);
		}
		// From native tiktoken; see tests/differential/inflation.test.ts.
		expect(byTokenizer.cl100k_base.eng.tokens).toBe(1525);
		expect(byTokenizer.o200k_base.tur.tokens).toBe(2309);
	});
});
