/** Measures the initial example of the Inflation page when the site is built. */
import { createTokenizer, type Encoding } from '../../engine';
import { Measurer } from '../../languages/measure';
import type { TextMeasure } from '../../languages/types';
import { FIRST_TOKENIZERS } from '../../session/documents/inflation';
import type { PackedFiles } from '../../session/prerender';
import { WORD_TEXTS } from './suffixes';

export interface PrerenderedInflation {
	/** One measure per tokenizer and language code. */
	readonly measures: Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>;
	/** A word with suffixes and its English translation, encoded with the first of {@link FIRST_TOKENIZERS}. */
	readonly word: readonly Encoding[];
}

export function prerenderInflation(packed: PackedFiles): PrerenderedInflation {
	const texts = packed.languages('first');
	const tokenizers = FIRST_TOKENIZERS.map((id) => createTokenizer(packed.spec(id)));
	const measures: Record<string, Record<string, TextMeasure>> = {};
	for (const [i, tokenizer] of tokenizers.entries()) {
		const measurer = new Measurer(tokenizer);
		const of: Record<string, TextMeasure> = (measures[FIRST_TOKENIZERS[i]] = {});
		for (const text of texts) of[text.code] = measurer.measure(text, tokenizer.encode(text.text));
	}
	return {
		measures,
		word: WORD_TEXTS.map((text) => tokenizers[0].encode(text))
	};
}
