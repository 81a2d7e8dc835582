import type { LibraryName } from '../catalogue/shared/descriptor';

/** Versions of the libraries that check the lab's ids, as `package.json` pins them. */
export const LIBRARY_VERSIONS: Readonly<Record<LibraryName, string>> = {
	'js-tiktoken': '1.0.21',
	'transformers.js': '2.17.2'
};
