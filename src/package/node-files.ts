/** Files in Node, for modules that also run in browsers. */
import type * as FilesModule from 'node:fs/promises';
import type * as PathModule from 'node:path';

type NodeFiles = typeof FilesModule & typeof PathModule;

/** Node's file system and its paths; `undefined` elsewhere. Bundlers for browsers never see an import of them. */
export function nodeFiles(): NodeFiles | undefined {
	const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
	const files = process?.getBuiltinModule?.('node:fs/promises') as typeof FilesModule | undefined;
	const paths = process?.getBuiltinModule?.('node:path') as typeof PathModule | undefined;
	return files && paths && { ...files, ...paths };
}
