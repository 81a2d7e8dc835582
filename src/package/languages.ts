/** `bpe-lab/languages`: parallel texts, and what they cost under a tokenizer. */
import {
	readLanguageColumns,
	readLanguageLine,
	type LanguageColumns
} from '../lib/languages/language-lines';
import type { Language, LanguageText } from '../lib/languages/types';
import { readPackaged, unpack, type PackageOptions } from './packaged-files';

export {
	attentionCost,
	evenLength,
	kvCacheBytes,
	layerWeights,
	pagesInWindow
} from '../lib/languages/costs';
export { coverageOf, isLossless, type Coverage } from '../lib/languages/dropped';
export { fairness } from '../lib/languages/fairness';
export { Measurer, prepareText } from '../lib/languages/measure';
export {
	decompose,
	fallbackShare,
	fertility,
	oneTokenShare,
	partsThatFit,
	premiumOf
} from '../lib/languages/premium';
export { scriptOf } from '../lib/languages/script';
export type * from '../lib/languages/types';
export { wordsOf } from '../lib/languages/words';

/** A translation of the Universal Declaration of Human Rights. */
export interface Translation {
	readonly language: Language;
	readonly text: LanguageText;
}

/**
 * Loads all translations of the declaration, by the codes of their languages.
 * @throws Error in one line if the files of the package cannot be read
 */
export async function loadTranslations(options?: PackageOptions): Promise<Translation[]> {
	const [columns, packed] = await Promise.all([
		readPackaged('languages.json', options),
		readPackaged('languages/all.bin', options).then(unpack)
	]);
	const decoder = new TextDecoder();
	const lines = decoder.decode(packed).split('\n').map(readLanguageLine);
	const texts = new Map(lines.map((text) => [text.code, text]));
	return readLanguageColumns(JSON.parse(decoder.decode(columns)) as LanguageColumns).map(
		(language) => {
			const text = texts.get(language.code);
			if (!text) throw new Error(`languages/all.bin lacks ${language.code}; install bpe-lab again`);
			return { language, text };
		}
	);
}
