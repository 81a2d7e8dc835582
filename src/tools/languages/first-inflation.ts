import { Measurer } from '../../lib/languages/measure';
import type { FirstInflation } from '../../lib/features/inflation/first-inflation';
import { FIRST_TOKENIZERS } from '../../lib/languages/first-languages';
import type { LanguageText } from '../../lib/tokenizers/catalogue/types';
import { createTokenizer, type TokenizerSpec } from '../../lib/engine';

/** The first languages under the first tokenizers. */
export function firstInflation(
	texts: readonly LanguageText[],
	specOf: (id: string) => TokenizerSpec
): FirstInflation {
	const results = FIRST_TOKENIZERS.map((id) => {
		const tokenizer = createTokenizer(specOf(id));
		const measurer = new Measurer(tokenizer);
		const measures = texts.map(
			(text) => [text.code, measurer.measure(text, tokenizer.encode(text.text))] as const
		);
		return [id, Object.fromEntries(measures)] as const;
	});
	return Object.fromEntries(results);
}
