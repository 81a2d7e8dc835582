/**
 * The files of one version of a Git repository. Git's paths are bytes, so a path here is a string with one character per
 * byte, relative to the repository's root, with slashes; '' is the root.
 */
import { UserError } from './failure';

/** A file, symbolic link or submodule. */
export interface Entry {
	readonly mode: string;
	/** Name of the object with its content; `null` for a file in the working tree that Git has not stored. */
	readonly object: string | null;
}

/** Modes in Git. */
const LINK = '120000';
const SUBMODULE = '160000';

/** Maximum number of links followed on the way to one file, as in Linux. */
const MAX_LINKS = 40;

/** Files that links lead to, counted once for each way to them. */
const MAX_LINKED_FILES = 100_000;

export const isLink = ({ mode }: Entry): boolean => mode === LINK;

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

export class Tree {
	readonly #entries: ReadonlyMap<string, Entry>;
	/** Targets of symbolic links by path. */
	readonly #targets: ReadonlyMap<string, string>;
	/** Names in each folder. */
	readonly #folders = new Map<string, Set<string>>([['', new Set()]]);
	/** Real path of each file reached through links, by its path through them. A refused link leads to itself. */
	readonly linked: ReadonlyMap<string, string>;

	/** @throws UserError if links lead to too many files */
	constructor(entries: ReadonlyMap<string, Entry>, targets: ReadonlyMap<string, string>) {
		this.#entries = entries;
		this.#targets = targets;
		for (let path of entries.keys()) {
			for (let isNew = true; isNew && path !== ''; path = folderOf(path)) {
				const folder = folderOf(path);
				const names = this.#folders.get(folder);
				isNew = names === undefined;
				if (names) names.add(nameOf(path));
				else this.#folders.set(folder, new Set([nameOf(path)]));
			}
		}
		this.linked = this.#followLinks();
	}

	/** The entry at a path that contains no links. */
	entry(path: string): Entry | undefined {
		return this.#entries.get(path);
	}

	/** Names in a folder, through links; none if there is no such folder. @throws UserError as {@link resolve} */
	names(folder: string): readonly string[] {
		const found = this.resolve(folder);
		return found === null ? [] : [...(this.#folders.get(found) ?? [])];
	}

	/** Whether a file is at a path, through links. @throws UserError as {@link resolve} */
	isFile(path: string): boolean {
		const found = this.resolve(path);
		return found !== null && this.#entries.has(found);
	}

	isSubmodule(path: string): boolean {
		return this.#entries.get(path)?.mode === SUBMODULE;
	}

	/** Object at a path, through links; `undefined` if there is no file, `null` as in {@link Entry}. */
	objectAt(path: string): string | null | undefined {
		return this.#entries.get(this.linked.get(path) ?? path)?.object;
	}

	/**
	 * Follows symbolic links as a file system does, but only to what Git tracks.
	 * @returns path of the file or folder, or `null` if there is none
	 * @throws UserError for links that lead out of the repository, into Git's own folder, or round in circles
	 */
	resolve(path: string): string | null {
		const refused = (reason: string) =>
			new UserError(`${shownPath(path)}: ${reason}, expected a link to a file that Git tracks`);
		const ahead = path.split('/');
		let at = '';
		let links = 0;
		for (let name = ahead.shift(); name !== undefined; name = ahead.shift()) {
			if (name === '' || name === '.') continue;
			if (name === '..') {
				if (at === '') throw refused('this symbolic link leads out of the repository');
				at = folderOf(at);
				continue;
			}
			if (/^\.git$/i.test(name)) throw refused("this symbolic link leads into Git's own folder");
			const next = joined(at, name);
			const target = this.#targets.get(next);
			if (target === undefined) {
				if (!this.#entries.has(next) && !this.#folders.has(next)) return null;
				at = next;
			} else {
				if (target.startsWith('/') || /^[a-z]:|\\/i.test(target)) {
					throw refused('this symbolic link leads out of the repository');
				}
				if (++links > MAX_LINKS) throw refused('this symbolic link leads round in circles');
				ahead.unshift(...target.split('/'));
			}
		}
		return at;
	}

	#followLinks(): Map<string, string> {
		const found = new Map<string, string>();
		let count = 0;
		const follow = (path: string, link: string, inside: readonly string[]) => {
			let target: string | null;
			try {
				target = this.resolve(link);
			} catch {
				target = link;
			}
			if (target === null) return;
			for (const file of this.#filesIn(target)) {
				const seen =
					file === target ? path : `${path}/${file.slice(target === '' ? 0 : target.length + 1)}`;
				if (!this.#targets.has(file) || file === link) found.set(seen, file);
				else if (!inside.includes(file)) follow(seen, file, [...inside, file]);
				if (++count > MAX_LINKED_FILES) {
					throw new UserError(
						`${shownPath(link)}: symbolic links lead to more than ${MAX_LINKED_FILES} files here; expected links to tokenizers`
					);
				}
			}
		};
		for (const link of this.#targets.keys()) follow(link, link, [link]);
		return found;
	}

	/** Files at or below a path. */
	*#filesIn(path: string): Generator<string> {
		const names = this.#folders.get(path);
		if (!names) yield path;
		else for (const name of names) yield* this.#filesIn(joined(path, name));
	}
}
