/** Reads tokenizer files from disk in slices, for the command line and for the package's library in Node. */
import type * as FilesModule from 'node:fs/promises';
import type * as PathModule from 'node:path';
import { MORE_TEMPLATES } from '../lib/tokenizers/files/recognize';
import type { SlicedFile } from '../lib/tokenizers/files/types';

/** Node's file functions, passed in because the library also runs in browsers and must not import Node's modules. */
export type FileSystem = Pick<typeof FilesModule, 'open' | 'readdir' | 'stat'> &
	Pick<typeof PathModule, 'basename' | 'join'>;

type NodeFiles = typeof FilesModule & typeof PathModule;

/**
 * Node's file system and path functions; `undefined` elsewhere. Not imported, so that bundlers for browsers don't try
 * to include them.
 */
export function nodeFiles(): NodeFiles | undefined {
	const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
	const files = process?.getBuiltinModule?.('node:fs/promises') as typeof FilesModule | undefined;
	const paths = process?.getBuiltinModule?.('node:path') as typeof PathModule | undefined;
	return files && paths && { ...files, ...paths };
}

/**
 * Opens a file for reading in slices. For a folder, opens the regular files directly inside it and its additional chat
 * templates.
 * @returns `null` for a pipe or a device, which cannot be read in slices
 * @throws Error from the file system
 */
export async function openSlices(
	path: string,
	files: FileSystem
): Promise<readonly SlicedFile[] | null> {
	const found = await files.stat(path);
	if (found.isFile()) return [sliced(path, files.basename(path), found.size, files)];
	if (!found.isDirectory()) return null;
	const slices: SlicedFile[] = [];
	for (const name of (await files.readdir(path)).sort()) {
		const inside = files.join(path, name);
		const file = await files.stat(inside);
		if (file.isFile()) slices.push(sliced(inside, name, file.size, files));
		if (name !== MORE_TEMPLATES || !file.isDirectory()) continue;
		for (const template of (await openSlices(inside, files)) ?? []) {
			slices.push({ ...template, name: `${MORE_TEMPLATES}/${template.name}` });
		}
	}
	return slices;
}

/** A file on disk, open only while a slice is read. */
const sliced = (path: string, name: string, size: number, files: FileSystem): SlicedFile => ({
	name,
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
