/** Measures the first example of the Inflation page when the site is built. */
import { createTokenizer, type Encoding } from '../../engine';
import { Measurer } from '../../languages/measure';
import type { TextMeasure } from '../../languages/types';
import { FIRST_TOKENIZERS } from '../../session/documents/inflation';
import type { PackedFiles } from '../../session/prerender';
import { WORD_TEXTS } from './suffixes';

export interface PrerenderedInflation {
	/** By tokenizer, then by the code of the language. */
	readonly measures: Readonly<Record<string, Readonly<Record<string, TextMeasure>>>>;
	/** The tokenizer of the drawn tokens. */
	readonly tokenizer: string;
	/** A word with suffixes, and its English. */
	readonly word: readonly Encoding[];
}

export function prerenderInflation(packed: PackedFiles): PrerenderedInflation {
	const [tokenizer] = FIRST_TOKENIZERS;
	const encoder = createTokenizer(packed.spec(tokenizer));
	return {
		measures: firstMeasures(packed),
		tokenizer,
		word: WORD_TEXTS.map((text) => encoder.encode(text))
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
