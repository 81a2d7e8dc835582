import type { Encoder, TokenizerSpec } from '../../engine';
import type { LibraryName, RuntimeName } from '../catalogue/shared/descriptor';

/** A program that runs a tokenizer. */
export interface Runtime extends Omit<Encoder, 'tokenBytes'> {
	readonly name: RuntimeName;
}

/** Calls its argument, which may take seconds. */
export type Build = <T>(make: () => T) => T;

/**
 * Starts a library on a spec. Fetches the library's code on first use.
 * @param build called for one part after another once the code is there
 */
export async function createLibraryRuntime(
	name: LibraryName,
	spec: TokenizerSpec,
	build: Build = (make) => make()
): Promise<Runtime> {
	switch (name) {
		case 'js-tiktoken': {
			const { JsTiktoken } = await import('./js-tiktoken');
			return build(() => new JsTiktoken(spec));
		}
		case 'transformers.js': {
			const [{ TransformersJs }, { rebuildTokenizerJson }] = await Promise.all([
				import('./transformers'),
				import('./tokenizer-json')
			]);
			const json = build(() => rebuildTokenizerJson(spec));
			return build(() => new TransformersJs(spec, json));
		}
	}
}
