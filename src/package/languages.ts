/** `bpe-lab/languages`: parallel texts, and how many tokens a tokenizer needs for them. */
import {
	readLanguageColumns,
	readLanguageLine,
	type LanguageColumns
} from '../lib/languages/language-lines';
import type { Translation } from '../lib/languages/types';
import { locateFile } from './locate-file';
import { loadPackaged, type PackageOptions } from './packaged-files';

export {
	attentionCost,
	evenLength,
	kvCacheBytes,
	layerWeights,
	pagesInWindow
} from '../lib/languages/attention-cost';
export { coverageOf, isLossless, type Coverage } from '../lib/languages/dropped';
export { Measurer, prepareText } from '../lib/languages/measure';
export {
	decompose,
	fallbackShare,
	fertility,
	oneTokenShare,
	premiumOf
} from '../lib/languages/premium';
export { scriptOf } from '../lib/languages/script';
export type * from '../lib/languages/types';
export { wordsOf } from '../lib/languages/words';

/**
 * Loads all translations of the declaration, sorted by language code.
 * @throws Error with a one-line message if the package's files cannot be read
 */
export async function loadTranslations(options?: PackageOptions): Promise<Translation[]> {
	const [columnsFile, textsFile] = await Promise.all([
		loadPackaged('languages.json', locateFile, options),
		loadPackaged('languages/all.bin', locateFile, options)
	]);
	const decoder = new TextDecoder();
	const languages = columnsFile.read((bytes) =>
		readLanguageColumns(JSON.parse(decoder.decode(bytes)) as LanguageColumns)
	);
	return textsFile.read((bytes) => {
		// One text per language, in the order of the languages.
		const texts = decoder.decode(bytes).split('\n').map(readLanguageLine);
		return languages.map((language, i) => ({ language, text: texts[i] }));
	});
}
