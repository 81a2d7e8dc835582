/** Files in Node, for modules that also run in browsers. */
import type * as FileSystemModule from 'node:fs/promises';
import type { SlicedFile } from '../lib/tokenizers/files/types';

type FileSystem = typeof FileSystemModule;

/** Node's file system; `undefined` elsewhere. Bundlers for browsers never see an import of it. */
export function nodeFiles(): FileSystem | undefined {
	const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
	return process?.getBuiltinModule?.('node:fs/promises') as FileSystem | undefined;
}

/** A file of the disk, open only while it is read. */
export const openFile = (path: string, size: number, files: FileSystem): SlicedFile => ({
	name: path.slice(path.lastIndexOf('/') + 1),
	size,
	async read(start, end) {
		const file = await files.open(path);
		try {
			const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
			let filled = 0;
			while (filled < bytes.length) {
				const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
				if (bytesRead === 0) break;
				filled += bytesRead;
			}
			return bytes.subarray(0, filled);
		} finally {
			await file.close();
		}
	}
});
