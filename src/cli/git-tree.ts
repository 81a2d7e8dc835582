/**
 * The files in one version of a Git repository. Git's paths are bytes, so each path here is a string with one character
 * per byte. Paths are relative to the repository's root, with slashes; the root is ''.
 */

/** A file, symbolic link or submodule. */
export interface Entry {
	readonly mode: string;
	/** Name of the Git object with the content; `null` for a working-tree file that Git has not stored. */
	readonly object: string | null;
}

/** Git's file modes. */
const LINK = '120000';
const SUBMODULE = '160000';

export const isLink = (entry: Entry | undefined): boolean => entry?.mode === LINK;

export const isSubmodule = (entry: Entry | undefined): boolean => entry?.mode === SUBMODULE;

export const pathOf = (text: string): string => Buffer.from(text).toString('latin1');

export const bytesOf = (path: string): Buffer => Buffer.from(path, 'latin1');

/** Decodes a path; `null` if it is not UTF-8. */
export function textOf(path: string): string | null {
	const text = bytesOf(path).toString();
	return pathOf(text) === path ? text : null;
}

/** Path for messages; bytes that are not valid UTF-8 are escaped, as in `\xff`. */
export const shownPath = (path: string): string =>
	(textOf(path) ??
		path.replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)) ||
	'.';

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const joined = (folder: string, name: string): string =>
	folder === '' ? name : `${folder}/${name}`;

/** Whether `path` equals `folder` or is inside it. */
export const isWithin = (path: string, folder: string): boolean =>
	folder === '' || path === folder || path.startsWith(`${folder}/`);

export class Tree {
	readonly #entries: ReadonlyMap<string, Entry>;
	/** Names of the entries directly inside each folder. */
	readonly #names = new Map<string, string[]>();

	constructor(entries: ReadonlyMap<string, Entry>) {
		this.#entries = entries;
		for (const path of entries.keys()) {
			const names = this.#names.get(folderOf(path));
			if (names) names.push(nameOf(path));
			else this.#names.set(folderOf(path), [nameOf(path)]);
		}
	}

	entry(path: string): Entry | undefined {
		return this.#entries.get(path);
	}

	/** Whether there is an entry at or below a path; always true for the root. */
	has(path: string): boolean {
		return path === '' || [...this.#entries.keys()].some((entry) => isWithin(entry, path));
	}

	/** Names of the entries directly inside a folder; empty if there is no such folder. */
	names(folder: string): readonly string[] {
		return this.#names.get(folder) ?? [];
	}
}
