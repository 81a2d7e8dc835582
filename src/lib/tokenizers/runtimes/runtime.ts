import type { Encoder, TokenizerSpec } from '../../engine';
import { reasonOf } from '../../engine/text';
import type { LibraryName, RuntimeName } from '../catalogue/shared/descriptor';

export interface Runtime extends Omit<Encoder, 'tokenBytes'> {
	readonly name: RuntimeName;
}

/**
 * Explains why a library can't run a tokenizer. The error for an invalid pattern is replaced, because its message
 * differs between browsers.
 */
export const reasonOfLibrary = (error: unknown): string =>
	error instanceof SyntaxError
		? "one of its patterns isn't a regular expression in JavaScript"
		: reasonOf(error);

/** Calls a function that may take seconds. */
export type Build = <T>(make: () => T) => T;

/**
 * Starts a library and loads the tokenizer described by a spec into it. Fetches the library's code on first use.
 * @param build calls each function that may take seconds, once the code is loaded
 */
export async function createLibraryRuntime(
	name: LibraryName,
	spec: TokenizerSpec,
	build: Build = (make) => make()
): Promise<Runtime> {
	const run = (make: () => Runtime): Runtime =>
		build(() => {
			try {
				return make();
			} catch (cause) {
				if (!(cause instanceof SyntaxError)) throw cause;
				throw new Error(`${name} can't run this tokenizer: ${reasonOfLibrary(cause)}.`, { cause });
			}
		});
	switch (name) {
		case 'js-tiktoken': {
			const { JsTiktoken } = await import('./js-tiktoken');
			return run(() => new JsTiktoken(spec));
		}
		case 'transformers.js': {
			const [{ TransformersJs }, { rebuildTokenizerJson }] = await Promise.all([
				import('./transformers'),
				import('./tokenizer-json')
			]);
			const json = build(() => rebuildTokenizerJson(spec));
			return run(() => new TransformersJs(spec, json));
		}
	}
}
