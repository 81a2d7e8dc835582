/** Reads tokenizers of a Git repository: which have changed since a commit, and their files then and now. */
import {
	constants,
	lstat,
	mkdir,
	open,
	readlink,
	realpath,
	writeFile,
	type FileHandle
} from 'node:fs/promises';
import { isAbsolute, join, posix, relative } from 'node:path';
import { MAX_JSON_BYTES } from '../lib/tokenizers/files/json-bounds';
import { isSettingsFile } from '../lib/tokenizers/files/recognize';
import { hasTokenizerContent, START_BYTES } from '../lib/tokenizers/files/tokenizer-content';
import { fileError, oneLine, UserError } from './failure';
import { entriesOf, firstLine, gitIn, gitToFile, lines, readObjects, type Git } from './git';
import {
	bytesOf,
	folderOf,
	isLink,
	isWithin,
	joined,
	nameOf,
	pathOf,
	shownPath,
	textOf,
	Tree,
	type Entry
} from './git-tree';

/** Where a tokenizer is: a folder, if it has files beside it, or a file. Paths are those of git-tree.ts. */
export interface Place {
	readonly path: string;
	readonly isFolder: boolean;
}

/** A tokenizer with a changed file. */
export interface ChangedTokenizer {
	/** `null` if it is new. */
	readonly before: Place | null;
	/** `null` if it is gone. */
	readonly now: Place | null;
	/** The file of it that has changed, or one of them. */
	readonly file: string;
}

/** Something that has changed and cannot be compared. */
export interface Incomparable {
	readonly path: string;
	/** Says what it is, and its name. */
	readonly problem: string;
}

type Version = 'before' | 'now';

/** Names of tokenizers that consist of one file. */
const SINGLE_FILE =
	/(^|[-_.])(tokenizer\.json|merges\.txt)$|\.(tiktoken|gguf)$|^(tokenizer|spiece|sentencepiece\.bpe|tekken)\.(model|json)$/;

const MORE_TEMPLATES = 'additional_chat_templates';

/** Files that make a tokenizer together with others of their folder. */
const isPartOfFolder = (name: string): boolean =>
	['tokenizer.json', 'vocab.json', 'merges.txt', 'generation_config.json'].includes(name) ||
	isSettingsFile(name);

/** Whether files of a folder are a tokenizer with what is beside it. */
const isTokenizerFolder = (names: readonly string[]): boolean =>
	names.includes('tokenizer.json') ||
	names.includes('tokenizer.model') ||
	(names.includes('vocab.json') && names.includes('merges.txt'));

/** The working tree of a Git repository next to one of its commits. */
export class GitComparison {
	readonly #git: Git;
	readonly #root: string;
	/** Working folder relative to the root: '' or with a final slash. */
	readonly #prefix: string;
	readonly #trees: Readonly<Record<Version, Tree>>;
	/** Paths of entries that differ. */
	readonly #changed: readonly string[];
	/** Name of the commit for people. */
	readonly base: string;

	private constructor(
		git: Git,
		root: string,
		prefix: string,
		trees: Readonly<Record<Version, Tree>>,
		changed: readonly string[],
		base: string
	) {
		this.#git = git;
		this.#root = root;
		this.#prefix = prefix;
		this.#trees = trees;
		this.#changed = changed;
		this.base = base;
	}

	/**
	 * Opens the repository that a folder is in.
	 * @param base name of a commit. What is compared is the last commit that it shares with the branch that is checked out. In
	 * a repository without a commit, everything is new
	 * @throws UserError if the folder is in no repository, or the repository has no such commit
	 */
	static async open(folder: string, base: string): Promise<GitComparison> {
		const [shown, prefix] = lines(
			await gitIn(folder)(['rev-parse', '--show-toplevel', '--show-prefix'])
		);
		const root = await realpath(shown);
		const git = gitIn(root);
		const commit = await commitToCompare(git, base);
		const entries = parseTree(await git(['ls-tree', '-r', '-z', '--full-tree', commit]));
		// A low-level command, which opens no file: one may be a pipe that nobody writes to. No setting hides a submodule.
		const differences = parseDifferences(
			await git([
				...['diff-index', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-relative'],
				...['--ignore-submodules=dirty', commit, '--']
			])
		);
		const entriesNow = new Map(entries);
		for (const [path, entry] of differences) {
			if (entry) entriesNow.set(path, entry);
			else entriesNow.delete(path);
		}
		const treeOf = async (all: ReadonlyMap<string, Entry>) =>
			new Tree(all, await linkTargets(git, root, all));
		const trees = { before: await treeOf(entries), now: await treeOf(entriesNow) };
		return new GitComparison(git, root, pathOf(prefix), trees, [...differences.keys()], base);
	}

	/**
	 * Finds tokenizers that have changed since the commit, in any file that Git tracks or that a symbolic link leads to.
	 * @param paths of files or folders relative to the working folder; none for the whole repository
	 * @throws UserError for a path that Git does not track
	 */
	async changed(paths: readonly string[]): Promise<{
		readonly tokenizers: readonly ChangedTokenizer[];
		readonly incomparable: readonly Incomparable[];
	}> {
		const asked = paths.map((path) => this.#pathOf(path));
		for (const [i, path] of asked.entries()) {
			if (!this.#exists('before', path) && !this.#exists('now', path)) {
				throw new UserError(
					`${paths[i]}: Git tracks no such file or folder; to compare files that are not committed, use bpe-lab diff`
				);
			}
		}
		const incomparable: Incomparable[] = [];
		const places = new Map<
			string,
			{ place: Place; file: string; exists: Record<Version, boolean> }
		>();
		const others: string[] = [];
		for (const path of this.#changedPaths()) {
			if (asked.length > 0 && !asked.some((one) => isWithin(path, one))) continue;
			const problem = this.#problemOf(path);
			if (problem !== null) incomparable.push({ path, problem });
			const folder = this.#folderTokenizer(path);
			if (folder === null) {
				others.push(path);
				continue;
			}
			// tokenizer.json is where an annotation belongs.
			if (places.has(`${folder}/`) && nameOf(path) !== 'tokenizer.json') continue;
			const exists = {
				before: this.#isTokenizerFolder('before', folder),
				now: this.#isTokenizerFolder('now', folder)
			};
			places.set(`${folder}/`, { place: { path: folder, isFolder: true }, file: path, exists });
		}
		const recognised = await this.#recognised(others);
		for (const path of others) {
			const isNamed = SINGLE_FILE.test(nameOf(path)) || asked.includes(path);
			const found = { before: this.#isFile('before', path), now: this.#isFile('now', path) };
			const known = (version: Version) =>
				found[version] && (isNamed || recognised[version].has(path));
			// A file that is no tokenizer any more is read, so that its reader says so.
			const before = known('before');
			const now = known('now') || (before && found.now);
			if (!before && !now) continue;
			places.set(path, { place: { path, isFolder: false }, file: path, exists: { before, now } });
		}
		const tokenizers = [...places.values()].map(({ place, file, exists }): ChangedTokenizer => ({
			before: exists.before ? place : null,
			now: exists.now ? place : null,
			file
		}));
		return { tokenizers: tokenizers.sort((a, b) => (a.file < b.file ? -1 : 1)), incomparable };
	}

	/** Whether a path is one of those that a user gave, or below it. */
	isAmong(path: string, given: readonly string[]): boolean {
		return given.some((one) => isWithin(path, this.#pathOf(one)));
	}

	/**
	 * Writes a tokenizer as the commit has it, or as the working tree has it.
	 * @param folder that is made for it
	 * @returns path of the file or folder that was written
	 * @throws UserError for a file that cannot be read, or that a link outside the repository leads to
	 */
	async write({ path, isFolder }: Place, version: Version, folder: string): Promise<string> {
		await mkdir(folder);
		if (!isFolder) {
			const target = join(folder, shownPath(nameOf(path)));
			await this.#copy(path, version, target);
			return target;
		}
		const tree = this.#trees[version];
		const inner = tree
			.names(joined(path, MORE_TEMPLATES))
			.filter((name) => name.endsWith('.jinja'));
		if (inner.length > 0) await mkdir(join(folder, MORE_TEMPLATES));
		for (const name of [
			...tree.names(path).filter(belongsToFolder),
			...inner.map((one) => `${MORE_TEMPLATES}/${one}`)
		]) {
			await this.#copy(joined(path, name), version, join(folder, shownPath(name)));
		}
		return folder;
	}

	/** Whether two files or folders that were written are the same in every byte. */
	areEqual(a: string, b: string): Promise<boolean> {
		const options = ['--no-index', '--quiet', '--no-ext-diff', '--no-textconv'];
		return this.#git(['diff', ...options, '--', a, b]).then(
			() => true,
			() => false
		);
	}

	/** @throws UserError for a path outside the repository */
	#pathOf(given: string): string {
		const path = isAbsolute(given)
			? pathOf(relative(this.#root, given))
			: posix.normalize(`${this.#prefix}${pathOf(given)}`).replace(/\/$/, '');
		if (path === '..' || path.startsWith('../')) {
			throw new UserError(`${given}: this is outside the repository, expected a path in it`);
		}
		return path === '.' ? '' : path;
	}

	/** Paths that have changed, as themselves or through links that lead to what has changed or elsewhere than before. */
	#changedPaths(): Set<string> {
		const { before, now } = this.#trees;
		const paths = new Set(this.#changed);
		const changed = new Set(this.#changed);
		for (const path of [...before.linked.keys(), ...now.linked.keys()]) {
			const [was, is] = [before.objectAt(path), now.objectAt(path)];
			const file = now.linked.get(path);
			if (was !== is || (file !== undefined && changed.has(file))) paths.add(path);
		}
		return paths;
	}

	/** `null` if what is at a path can be compared, or is not of interest by itself. */
	#problemOf(path: string): string | null {
		const { before, now } = this.#trees;
		if (before.isSubmodule(path) || now.isSubmodule(path)) {
			return `${shownPath(path)}: this submodule is at a different commit, expected files; run gate in it, and here with --except`;
		}
		try {
			before.resolve(path);
			now.resolve(path);
			return null;
		} catch (error) {
			return oneLine(error);
		}
	}

	/** Folder of the tokenizer that a file is a part of; `null` if it is no such part. */
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
		return this.#orRefused(() => isTokenizerFolder(this.#trees[version].names(folder)));
	}

	#exists(version: Version, path: string): boolean {
		return this.#trees[version].resolve(path) !== null;
	}

	/** Whether there is a file, or a link that is refused when it is read. */
	#isFile(version: Version, path: string): boolean {
		const tree = this.#trees[version];
		return this.#orRefused(() => {
			const found = tree.resolve(path);
			return found !== null && tree.entry(found) !== undefined;
		});
	}

	/** Counts a refused link as something, so that it is refused by name when it is read. */
	#orRefused(test: () => boolean): boolean {
		try {
			return test();
		} catch {
			return true;
		}
	}

	/** Which files have the content of a tokenizer. */
	async #recognised(paths: readonly string[]): Promise<Record<Version, ReadonlySet<string>>> {
		const now = new Set<string>();
		const before = new Set<string>();
		const unclear = new Map<string, string>();
		for (const path of paths) {
			if (await this.#isTokenizerNow(path)) now.add(path);
			const object = this.#trees.before.objectAt(path);
			if (object) unclear.set(path, object);
		}
		const found = await recognisedObjects(this.#git, new Set(unclear.values()));
		for (const [path, object] of unclear) if (found.has(object)) before.add(path);
		return { before, now };
	}

	async #isTokenizerNow(path: string): Promise<boolean> {
		if (!this.#isFile('now', path)) return false;
		try {
			const file = await this.#open(path);
			try {
				const start = await readStart(file, START_BYTES);
				return await hasTokenizerContent(start, () => readStart(file, MAX_JSON_BYTES));
			} finally {
				await file.close();
			}
		} catch (error) {
			// Something else than a file is of interest only if the commit has a tokenizer there.
			if (error instanceof UserError) return false;
			throw error;
		}
	}

	/** Copies a file of a tokenizer. @throws UserError that names it */
	async #copy(path: string, version: Version, target: string): Promise<void> {
		if (version === 'now') {
			const file = await this.#open(path);
			try {
				await writeFile(target, file.createReadStream({ autoClose: false }));
			} catch (error) {
				throw fileError(shownPath(path), error);
			} finally {
				await file.close();
			}
			return;
		}
		const name = `${this.base}:${shownPath(path)}`;
		const { place, entry } = this.#fileAt('before', path, name);
		const text = textOf(place);
		// Converted as for the working tree, which also resolves pointers of Git LFS. Git takes no other path for it.
		const how = text === null ? ['blob'] : ['--filters', `--path=${text}`];
		await gitToFile(this.#root, ['cat-file', ...how, entry.object ?? ''], target);
	}

	#fileAt(version: Version, path: string, name: string) {
		const tree = this.#trees[version];
		const place = tree.resolve(path);
		if (place === null) {
			throw new UserError(`${name}: this symbolic link leads to no file that Git tracks`);
		}
		const entry = tree.entry(place);
		if (!entry || tree.isSubmodule(place)) {
			throw new UserError(`${name}: this is a folder, expected a file`);
		}
		return { place, entry };
	}

	/**
	 * Opens a file of the working tree for reading.
	 * @throws UserError for what is not a regular file in the repository
	 */
	async #open(path: string): Promise<FileHandle> {
		const name = shownPath(path);
		const { place } = this.#fileAt('now', path, name);
		const absolute = Buffer.concat([Buffer.from(`${this.#root}/`), bytesOf(place)]);
		const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
		let file: FileHandle | undefined;
		try {
			// Without waiting for someone who writes to a pipe.
			file = await open(absolute, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
			const opened = await file.stat();
			if (!opened.isFile()) {
				const kind = opened.isDirectory() ? 'a folder' : 'a pipe or a device';
				throw new UserError(`${name}: this is ${kind}, expected a file`);
			}
			// Of what is open, because a folder may have become a link since Git looked.
			const real = await realpath(absolute, 'buffer');
			const found = await lstat(real);
			const isSame = found.ino === opened.ino && found.dev === opened.dev;
			const inside = real.toString('latin1').slice(Buffer.byteLength(this.#root));
			const isInside = real.indexOf(this.#root) === 0 && /^\/(?!\.git\/)/i.test(inside);
			if (!isSame || !isInside) {
				throw new UserError(`${name}: this leads out of the repository, expected a file in it`);
			}
			return file;
		} catch (error) {
			await file?.close();
			throw fileError(name, error);
		}
	}
}

/** Files that a comparison reads. config.json is the model's, and changes often for other reasons. */
const belongsToFolder = (name: string): boolean =>
	isPartOfFolder(name) || ['tokenizer.model', 'config.json'].includes(name);

/** Reads `git ls-tree -r -z`. */
const parseTree = (output: Buffer): Map<string, Entry> =>
	new Map(
		entriesOf(output).map((entry) => {
			const tab = entry.indexOf('\t');
			const [mode, , object] = entry.slice(0, tab).split(' ');
			return [entry.slice(tab + 1), { mode, object }];
		})
	);

/** Reads `git diff-index --raw -z`: what is in the working tree; `null` for nothing. */
function parseDifferences(output: Buffer): Map<string, Entry | null> {
	const found = new Map<string, Entry | null>();
	const fields = entriesOf(output);
	for (let i = 0; i + 1 < fields.length; i += 2) {
		const [, mode, , object, status] = fields[i].split(' ');
		const isStored = !/^0*$/.test(object);
		found.set(fields[i + 1], status === 'D' ? null : { mode, object: isStored ? object : null });
	}
	return found;
}

/** The commit that is compared with, or the empty tree of a repository without commits. */
async function commitToCompare(git: Git, base: string): Promise<string> {
	const tip = await commitOf(git, 'HEAD');
	if (tip === null) return lines(await git(['hash-object', '-t', 'tree', '--stdin'], ''))[0];
	const commit = await commitOf(git, base);
	const shared = commit && (await firstLine(git(['merge-base', commit, tip])));
	if (shared) return shared;
	throw new UserError(
		`${base}: got no such commit here, or none that HEAD comes from; fetch more commits (actions/checkout: fetch-depth: 2 or more)`
	);
}

const commitOf = (git: Git, name: string): Promise<string | null> =>
	firstLine(git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]));

/** Targets of all symbolic links. */
async function linkTargets(
	git: Git,
	root: string,
	entries: ReadonlyMap<string, Entry>
): Promise<Map<string, string>> {
	const links = [...entries].filter(([, entry]) => isLink(entry));
	const objects = links.flatMap(([, { object }]) => object ?? []);
	const stored = await readObjects(git, objects);
	const targets = new Map<string, string>();
	for (const [path, { object }] of links) {
		const place = Buffer.concat([Buffer.from(`${root}/`), bytesOf(path)]);
		const target =
			object === null
				? await readlink(place, 'buffer').catch((error: unknown) => {
						throw fileError(shownPath(path), error);
					})
				: stored.get(object);
		targets.set(path, target?.toString('latin1') ?? '');
	}
	return targets;
}

/** Which objects have the content of a tokenizer. Of larger ones than a tokenizer's JSON, only the start is read. */
async function recognisedObjects(git: Git, objects: ReadonlySet<string>): Promise<Set<string>> {
	const found = new Set<string>();
	const recognise = async (object: string, content: Buffer) => {
		const start = content.subarray(0, START_BYTES);
		if (await hasTokenizerContent(start, () => Promise.resolve(content))) found.add(object);
	};
	let batch: string[] = [];
	let bytes = 0;
	const finish = async () => {
		for (const [object, content] of await readObjects(git, batch)) await recognise(object, content);
		batch = [];
		bytes = 0;
	};
	const sizes = await git(['cat-file', '--batch-check'], [...objects].join('\n'));
	for (const line of lines(sizes)) {
		const [object, type, size] = line.split(' ');
		if (type !== 'blob') continue;
		if (Number(size) > MAX_JSON_BYTES) {
			await recognise(object, await git(['cat-file', 'blob', object], '', START_BYTES));
			continue;
		}
		if (bytes + Number(size) > MAX_JSON_BYTES) await finish();
		bytes += Number(size);
		batch.push(object);
	}
	await finish();
	return found;
}

/** First bytes of a file, at most `size`. */
async function readStart(file: FileHandle, size: number): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	const stream = file.createReadStream({ autoClose: false, start: 0, end: size - 1 });
	for await (const chunk of stream) chunks.push(chunk as Uint8Array);
	return Buffer.concat(chunks);
}
