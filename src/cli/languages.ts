import { gunzipSync } from 'node:zlib';
import { readLanguageLine } from '../lib/languages/language-lines';
import type { Language, LanguageText } from '../lib/languages/types';
import { UserError } from './failure';
import { readGenerated } from './generated';

export interface LanguageWithText {
	readonly language: Language;
	readonly text: LanguageText;
}

/**
 * All declarations with their languages, by code in the order of the codes.
 * @throws UserError for a damaged file
 */
export function allLanguages(): ReadonlyMap<string, LanguageWithText> {
	const index = readGenerated(
		'languages.json',
		(bytes) => JSON.parse(new TextDecoder().decode(bytes)) as readonly Language[]
	);
	const texts = readGenerated(
		'languages/all.bin',
		(bytes) =>
			new Map(
				new TextDecoder()
					.decode(gunzipSync(bytes))
					.split('\n')
					.map(readLanguageLine)
					.map((text) => [text.code, text])
			)
	);
	return new Map(
		index.map((language) => {
			const text = texts.get(language.code);
			if (!text) {
				throw new UserError(
					`the packed texts lack ${language.code}: delete src/lib/generated/languages.stamp and run again`
				);
			}
			return [language.code, { language, text }];
		})
	);
}

/** How many codes an error suggests. */
const SUGGESTIONS = 5;

/** @throws UserError for a code that is not there, with those that may have been meant */
export function languageOf(
	code: string,
	languages: ReadonlyMap<string, LanguageWithText>
): LanguageWithText {
	const found = languages.get(code);
	if (found) return found;
	const wanted = code.toLowerCase();
	const meant = [...languages.values()]
		.map(({ language }) => language)
		.filter(
			({ code, bcp47, name }) =>
				code.startsWith(wanted) ||
				bcp47.toLowerCase().split('-')[0] === wanted ||
				name.toLowerCase().startsWith(wanted)
		)
		.slice(0, SUGGESTIONS)
		.map(({ code, name }) => `${code} (${name})`);
	const known = meant.length > 0 ? meant.join(', ') : 'eng, deu_1996, tur';
	throw new UserError(
		`unknown language "${code}": expected the code of a declaration, such as ${known}`
	);
}
