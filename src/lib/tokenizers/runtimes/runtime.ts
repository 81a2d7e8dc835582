import type { LibraryName } from '../catalogue/descriptor';
import type { TokenizerSpec } from '../../engine';
import type { Runtime } from './types';

/** Starts a library on a spec. Its code is fetched on first use. */
export async function createLibraryRuntime(
	name: LibraryName,
	spec: TokenizerSpec
): Promise<Runtime> {
	switch (name) {
		case 'js-tiktoken': {
			const { JsTiktoken } = await import('./js-tiktoken');
			return new JsTiktoken(spec);
		}
		case 'transformers.js': {
			const { TransformersJs } = await import('./transformers');
			return new TransformersJs(spec);
		}
	}
}
