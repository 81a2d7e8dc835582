/**
 * The files of one version of a Git repository. Git's paths are bytes, so a path here is a string with one character per
 * byte, relative to the repository's root, with slashes; '' is the root.
 */

/** A file, symbolic link or submodule. */
export interface Entry {
	readonly mode: string;
	/** Name of the object with its content; `null` for a file in the working tree that Git has not stored. */
	readonly object: string | null;
}

/** Modes in Git. */
const LINK = '120000';
const SUBMODULE = '160000';

export const isLink = (entry: Entry | undefined): boolean => entry?.mode === LINK;

export const isSubmodule = (entry: Entry | undefined): boolean => entry?.mode === SUBMODULE;

export const pathOf = (text: string): string => Buffer.from(text).toString('latin1');

export const bytesOf = (path: string): Buffer => Buffer.from(path, 'latin1');

/** Text of a path; `null` if it is not UTF-8. */
export function textOf(path: string): string | null {
	const text = bytesOf(path).toString();
	return pathOf(text) === path ? text : null;
}

/** A path for people, in which bytes that are not UTF-8 are written as `\xff`. */
export const shownPath = (path: string): string =>
	(textOf(path) ??
		path.replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)) ||
	'.';

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const joined = (folder: string, name: string): string =>
	folder === '' ? name : `${folder}/${name}`;

/** Whether a path is a folder or below it. */
export const isWithin = (path: string, folder: string): boolean =>
	folder === '' || path === folder || path.startsWith(`${folder}/`);

/** The files of a version. */
export class Tree {
	readonly #entries: ReadonlyMap<string, Entry>;
	/** Names of the entries directly in each folder. */
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

	/** Whether there is an entry at or below a path. The root is always there. */
	has(path: string): boolean {
		return path === '' || [...this.#entries.keys()].some((entry) => isWithin(entry, path));
	}

	/** Names of the entries directly in a folder; none if there is no such folder. */
	names(folder: string): readonly string[] {
		return this.#names.get(folder) ?? [];
	}
}
