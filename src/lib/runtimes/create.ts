import type { RuntimeName } from '../catalogue/types';
import type { TokenizerSpec } from '../engine/spec';
import type { Runtime } from './types';

/** Starts a runtime on a spec. Each library is fetched when it is first asked for. */
export async function createRuntime(name: RuntimeName, spec: TokenizerSpec): Promise<Runtime> {
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
