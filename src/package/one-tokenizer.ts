/**
 * `bpe-lab/tokenizers/<id>`: a single built-in tokenizer. A program that imports this module ships only one vocabulary.
 * `build.js` writes such a module for each tokenizer.
 */
import { ABSENT_EXTRAS, buildTokenizer, loadCore, type TokenizerSpec } from '../lib/engine';
import { readPacked } from '../lib/engine/packed';
import { loadPackaged, type PackagedFile, type PackageOptions } from './packaged-files';
import { extend, type Tokenizer } from './tokenizer';

export type { PackageOptions } from './packaged-files';
export type * from './tokenizer';

/** Loads the tokenizer. @throws Error with a one-line message that includes the address, if a file cannot be loaded */
export declare const loadTokenizer: (options?: PackageOptions) => Promise<Tokenizer>;

/** Functions that return the files' URLs, by file name. */
export type FileAddresses = Readonly<Record<string, () => URL>>;

/**
 * Creates the `loadTokenizer` function for a tokenizer.
 * @param addresses URLs of the tokenizer's file and, if it is stored as a delta, its ancestors' files, nearest first
 */
export const loaderOf =
	(addresses: FileAddresses): typeof loadTokenizer =>
	async (options) => {
		const core = loadCore();
		const files = await Promise.all(
			Object.keys(addresses).map((name) => loadPackaged(name, () => addresses[name](), options))
		);
		await core;
		// Built-in tokenizers don't need extras.
		return extend(buildTokenizer(specOf(files), ABSENT_EXTRAS));
	};

/** Builds a tokenizer's spec from its own file and its ancestors' files, nearest first. */
export function specOf([file, ...ancestors]: readonly PackagedFile[]): TokenizerSpec {
	const inherited = ancestors.length > 0 ? specOf(ancestors).model.vocabulary : undefined;
	return file.read((bytes) => readPacked(bytes, inherited).spec);
}
