/** Finds the tokenizers in a Git repository that have changed since a commit. */
import { mkdir } from 'node:fs/promises';
import { isAbsolute, join, posix, relative } from 'node:path';
import { printable } from '../lib/drift/escapes';
import { isHubFile, MORE_TEMPLATES } from '../lib/tokenizers/files/recognize';
import { UserError } from './failure';
import {
	folderOf,
	isLink,
	isSubmodule,
	isWithin,
	joined,
	nameOf,
	pathOf,
	shownPath
} from './git-tree';
import { type GitVersions, type Version } from './git-versions';

/**
 * Location of a tokenizer: a folder if it consists of several files; otherwise, a single file. Paths have the form
 * described in git-tree.ts.
 */
export interface Place {
	readonly path: string;
	readonly isFolder: boolean;
}

export interface ChangedTokenizer {
	readonly place: Place;
	/** Whether the tokenizer exists in the base commit and in the working tree. */
	readonly exists: Readonly<Record<Version, boolean>>;
	/** One of the tokenizer's changed files. */
	readonly file: string;
}

export interface Incomparable {
	readonly path: string;
	/** Describes the problem, starting with the path. */
	readonly problem: string;
}

/** Matches the names of files that can be read as a tokenizer on their own. */
const SINGLE_FILE =
	/(^|[-_.])(tokenizer\.json|merges\.txt)$|\.(tiktoken|gguf)$|^(tokenizer|spiece|sentencepiece\.bpe)\.model$|^tekken\.json$|^bpe_simple_vocab_.*\.txt\.gz$/;

/** Whether a file with this name forms a tokenizer together with other files in its folder. */
const isPartOfFolder = (name: string): boolean =>
	['tokenizer.json', 'vocab.json', 'merges.txt'].includes(name) || isHubFile(name);

/** Matches files that mark a folder as a tokenizer when the folder contains exactly one of them. */
const LONE_FILE = /\.(model|tiktoken)$/;

const isTokenizerFolder = (names: readonly string[]): boolean =>
	names.includes('tokenizer.json') ||
	names.includes('tokenizer.model') ||
	(names.includes('vocab.json') && names.includes('merges.txt')) ||
	names.filter((name) => LONE_FILE.test(name)).length === 1;

export class TokenizerChanges {
	constructor(private readonly versions: GitVersions) {}

	/**
	 * Finds tracked tokenizers that have changed since the base commit.
	 * @param paths files or folders, relative to the working directory; empty for the whole repository
	 * @throws UserError for a path that Git does not track
	 */
	async find(paths: readonly string[]): Promise<{
		readonly tokenizers: readonly ChangedTokenizer[];
		readonly incomparable: readonly Incomparable[];
	}> {
		const asked = paths.map((path) => this.#pathOf(path));
		for (const [i, path] of asked.entries()) {
			if (!this.versions.trees.before.has(path) && !this.versions.trees.now.has(path)) {
				throw new UserError(
					`${paths[i]}: Git doesn't track this file or folder; to compare files outside Git, use \`bpe-lab diff\``
				);
			}
		}
		const incomparable: Incomparable[] = [];
		const places = new Map<string, ChangedTokenizer>();
		const others: string[] = [];
		for (const path of this.versions.changed) {
			if (asked.length > 0 && !asked.some((one) => isWithin(path, one))) continue;
			const problem = this.#problemOf(path);
			if (problem !== null) {
				incomparable.push({ path, problem });
				continue;
			}
			const folder = this.#folderTokenizer(path);
			if (folder === null) {
				others.push(path);
				continue;
			}
			// Annotations go on tokenizer.json if it has changed.
			if (places.has(`${folder}/`) && nameOf(path) !== 'tokenizer.json') continue;
			const exists = {
				before: this.#isTokenizerFolder('before', folder),
				now: this.#isTokenizerFolder('now', folder)
			};
			places.set(`${folder}/`, { place: { path: folder, isFolder: true }, file: path, exists });
		}
		const recognised = await this.versions.recognised(others);
		for (const path of others) {
			const isNamed = SINGLE_FILE.test(nameOf(path)) || asked.includes(path);
			const { before: former, now: current } = this.versions.trees;
			const before = former.entry(path) !== undefined && (isNamed || recognised.before.has(path));
			// If the file no longer looks like a tokenizer, reading it throws an error that tells the user why.
			const now =
				current.entry(path) !== undefined && (isNamed || recognised.now.has(path) || before);
			if (!before && !now) continue;
			places.set(path, { place: { path, isFolder: false }, file: path, exists: { before, now } });
		}
		const tokenizers = [...places.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
		return { tokenizers, incomparable };
	}

	/** Whether `path` equals or is inside one of the user's paths. */
	isAmong(path: string, given: readonly string[]): boolean {
		return given.some((one) => isWithin(path, this.#pathOf(one)));
	}

	/**
	 * Writes one version of a tokenizer to a new folder.
	 * @returns path of the file or folder written
	 * @throws UserError for a file that cannot be read, and for a symbolic link
	 */
	async write({ path, isFolder }: Place, version: Version, folder: string): Promise<string> {
		await mkdir(folder);
		if (!isFolder) {
			// Messages contain this name and must stay on one line.
			const target = join(folder, printable(shownPath(nameOf(path))));
			await this.versions.copy(path, version, target);
			return target;
		}
		const tree = this.versions.trees[version];
		const inner = tree
			.names(joined(path, MORE_TEMPLATES))
			.filter((name) => name.endsWith('.jinja'));
		if (inner.length > 0) await mkdir(join(folder, MORE_TEMPLATES));
		for (const name of [
			...tree.names(path).filter(belongsToFolder),
			...inner.map((one) => `${MORE_TEMPLATES}/${one}`)
		]) {
			await this.versions.copy(joined(path, name), version, join(folder, shownPath(name)));
		}
		return folder;
	}

	#pathOf(given: string): string {
		const path = isAbsolute(given)
			? pathOf(relative(this.versions.root, given))
			: posix.normalize(`${this.versions.prefix}${pathOf(given)}`).replace(/\/$/, '');
		if (path === '..' || path.startsWith('../')) {
			throw new UserError(`${given}: got a path outside the repository, expected one inside it`);
		}
		return path === '.' ? '' : path;
	}

	/** Why the entry at a path can't be compared; `null` if it can. */
	#problemOf(path: string): string | null {
		const { before, now } = this.versions.trees;
		const entries = [before.entry(path), now.entry(path)];
		const advice = 'leave it out here with --except';
		if (entries.some(isSubmodule)) {
			return `${shownPath(path)}: got a submodule at a different commit, expected files; run \`bpe-lab gate\` in the submodule, and ${advice}`;
		}
		if (entries.some(isLink)) {
			return `${shownPath(path)}: got a changed symbolic link, expected a file; compare its target, and ${advice}`;
		}
		return null;
	}

	/** Folder of the tokenizer that the file belongs to; `null` if the folder isn't a tokenizer. */
	#folderTokenizer(path: string): string | null {
		const folder = folderOf(path);
		const isTemplate = nameOf(folder) === MORE_TEMPLATES && path.endsWith('.jinja');
		if (!isTemplate && !isPartOfFolder(nameOf(path))) return null;
		const place = isTemplate ? folderOf(folder) : folder;
		const isTokenizer = (['before', 'now'] as const).some((one) =>
			this.#isTokenizerFolder(one, place)
		);
		return isTokenizer ? place : null;
	}

	#isTokenizerFolder(version: Version, folder: string): boolean {
		return isTokenizerFolder(this.versions.trees[version].names(folder));
	}
}

const belongsToFolder = (name: string): boolean => isPartOfFolder(name) || LONE_FILE.test(name);
