/** Reads files from two versions of a Git repository: a commit and the working tree. */
import { execFile, spawn } from 'node:child_process';
import { constants, lstat, open, realpath, writeFile, type FileHandle } from 'node:fs/promises';
import { MAX_JSON_BYTES } from '../lib/tokenizers/files/exact-json';
import { hasTokenizerContent, START_BYTES } from '../lib/tokenizers/files/tokenizer-content';
import { fileError, oneLine, systemCode, UserError } from './failure';
import {
	bytesOf,
	isLink,
	isSubmodule,
	pathOf,
	shownPath,
	textOf,
	Tree,
	type Entry
} from './git-tree';

export type Version = 'before' | 'now';

export interface Rename {
	readonly from: string;
	readonly to: string;
}

/** The tracked files in the working tree and in a commit. */
export class GitVersions {
	/**
	 * @param prefix working directory relative to the root: '' or a path that ends with a slash
	 * @param changed paths of entries that differ
	 * @param renames old and new paths of files that Git detects as renamed
	 * @param base name of the commit for messages
	 */
	private constructor(
		private readonly git: Git,
		readonly root: string,
		readonly prefix: string,
		readonly trees: Readonly<Record<Version, Tree>>,
		readonly changed: readonly string[],
		readonly renames: readonly Rename[],
		readonly base: string
	) {}

	/**
	 * Opens the repository that contains a folder. The old version is the merge base of `base` and HEAD; in a repository
	 * without commits, everything is new.
	 * @throws UserError if the folder is not in a repository, or the repository has no such commit
	 */
	static async open(folder: string, base: string): Promise<GitVersions> {
		const [shown, prefix] = lines(
			await gitIn(folder)(['rev-parse', '--show-toplevel', '--show-prefix'])
		);
		const root = await realpath(shown);
		const git = gitIn(root);
		const commit = await commitToCompare(git, base);
		const entries = parseTree(await git(['ls-tree', '-r', '-z', '--full-tree', commit]));
		const diffIndex = (...options: readonly string[]) =>
			git([
				'diff-index',
				'-z',
				'--no-relative',
				'--ignore-submodules=dirty',
				...options,
				commit,
				'--'
			]);
		// Plumbing commands don't open files, so a pipe without a writer can't block them, and settings can't make them
		// hide submodules.
		const differences = parseDifferences(await diffIndex('--raw', '--no-abbrev', '--no-renames'));
		// Use a separate call: when detecting renames, Git also lists the ids of objects that it has not stored.
		const renamed = await diffIndex('--name-status', '--find-renames', '--diff-filter=R');
		const entriesNow = new Map(entries);
		for (const [path, entry] of differences) {
			if (entry) entriesNow.set(path, entry);
			else entriesNow.delete(path);
		}
		const trees = { before: new Tree(entries), now: new Tree(entriesNow) };
		const changed = [...differences.keys()];
		return new GitVersions(git, root, pathOf(prefix), trees, changed, parseRenames(renamed), base);
	}

	/** Finds out which of these files contain a tokenizer or cannot be read. */
	async recognised(paths: readonly string[]): Promise<Record<Version, ReadonlySet<string>>> {
		const found = { before: new Set<string>(), now: new Set<string>() };
		const stored: { version: Version; path: string; object: string }[] = [];
		for (const version of ['before', 'now'] as const) {
			const tree = this.trees[version];
			for (const path of paths) {
				const entry = tree.entry(path);
				if (!entry) continue;
				const { object } = entry;
				if (object) stored.push({ version, path, object });
				else if (await this.#isTokenizerHere(path)) found[version].add(path);
			}
		}
		const objects = await recognisedObjects(this.git, new Set(stored.map(({ object }) => object)));
		for (const { version, path, object } of stored) {
			if (objects.has(object)) found[version].add(path);
		}
		return found;
	}

	async copy(path: string, version: Version, target: string): Promise<void> {
		const name = (version === 'now' ? '' : `${this.base}:`) + shownPath(path);
		const entry = this.trees[version].entry(path);
		if (!entry || isSubmodule(entry))
			throw new UserError(`${name}: got a submodule, expected a file`);
		if (isLink(entry)) throw new UserError(`${name}: got a symbolic link, expected a file`);
		if (entry.object !== null) {
			const text = textOf(path);
			// Apply the working tree's filters, which also resolves Git LFS pointers. Git accepts only UTF-8 paths here.
			const how = text === null ? ['blob'] : ['--filters', `--path=${text}`];
			await gitToFile(this.root, ['cat-file', ...how, entry.object], target);
			return;
		}
		const file = await this.#open(path, name);
		try {
			await writeFile(target, file.createReadStream({ autoClose: false }));
		} catch (error) {
			throw fileError(name, error);
		} finally {
			await file.close();
		}
	}

	/** Whether two copied files or folders are identical, byte for byte. */
	areEqual(a: string, b: string): Promise<boolean> {
		const options = ['--no-index', '--quiet', '--no-ext-diff', '--no-textconv'];
		return this.git(['diff', ...options, '--', a, b]).then(
			() => true,
			() => false
		);
	}

	async #isTokenizerHere(path: string): Promise<boolean> {
		try {
			const file = await this.#open(path, shownPath(path));
			try {
				const start = await readStart(file, START_BYTES);
				return await hasTokenizerContent(start, () => readStart(file, MAX_JSON_BYTES));
			} finally {
				await file.close();
			}
		} catch (error) {
			// The file might be a tokenizer. If so, reading the file again will report why it can't be read.
			if (error instanceof UserError) return true;
			throw error;
		}
	}

	/**
	 * Opens a file in the working tree for reading.
	 * @throws UserError for anything other than a regular file inside the repository
	 */
	async #open(path: string, name: string): Promise<FileHandle> {
		const absolute = Buffer.concat([Buffer.from(`${this.root}/`), bytesOf(path)]);
		const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
		let file: FileHandle | undefined;
		try {
			// Opening a pipe must not block, even if nothing is writing to it.
			file = await open(absolute, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
			const opened = await file.stat();
			if (!opened.isFile()) {
				const kind = opened.isDirectory() ? 'a folder' : 'a pipe or a device';
				throw new UserError(`${name}: got ${kind}, expected a file`);
			}
			// Check the opened file, because a folder in its path may have become a link since Git listed the files.
			const real = await realpath(absolute, 'buffer');
			const found = await lstat(real);
			const isSame = found.ino === opened.ino && found.dev === opened.dev;
			const inside = real.toString('latin1').slice(Buffer.byteLength(this.root));
			const isInside = real.indexOf(this.root) === 0 && /^\/(?!\.git\/)/i.test(inside);
			if (!isSame || !isInside) {
				throw new UserError(
					`${name}: got a path outside the repository, expected a file inside it`
				);
			}
			return file;
		} catch (error) {
			await file?.close();
			throw fileError(name, error);
		}
	}
}

/** Parses the output of `git ls-tree -r -z`. */
const parseTree = (output: Buffer): Map<string, Entry> =>
	new Map(
		entriesOf(output).map((entry) => {
			const tab = entry.indexOf('\t');
			const [mode, , object] = entry.slice(0, tab).split(' ');
			return [entry.slice(tab + 1), { mode, object }];
		})
	);

/** Parses the output of `git diff-index --raw -z`: changed entries in the working tree; `null` for a deleted entry. */
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

/** Parses the output of `git diff-index --name-status -z` for renamed files. */
function parseRenames(output: Buffer): Rename[] {
	const fields = entriesOf(output);
	return fields.flatMap((from, i) => (i % 3 === 1 ? { from, to: fields[i + 1] } : []));
}

/** The base commit, or the empty tree if the repository has no commits. */
async function commitToCompare(git: Git, base: string): Promise<string> {
	const tip = await commitOf(git, 'HEAD');
	if (tip === null) return lines(await git(['hash-object', '-t', 'tree', '--stdin'], ''))[0];
	const commit = await commitOf(git, base);
	const shared = commit && (await firstLine(git(['merge-base', commit, tip])));
	if (shared) return shared;
	throw new UserError(
		`${base}: there is no such commit, or it shares no history with HEAD; fetch more commits (in actions/checkout, set fetch-depth to 2 or more)`
	);
}

const commitOf = (git: Git, name: string): Promise<string | null> =>
	firstLine(git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]));

/**
 * Finds out which Git objects contain a tokenizer. For objects too large to be a tokenizer's JSON, only the start is
 * read.
 */
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

async function readStart(file: FileHandle, size: number): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	const stream = file.createReadStream({ autoClose: false, start: 0, end: size - 1 });
	for await (const chunk of stream) chunks.push(chunk as Uint8Array);
	return Buffer.concat(chunks);
}

/** Maximum size of Git output held in memory. The output can contain several files. */
const MAX_OUTPUT_BYTES = 256 << 20;

/**
 * Runs Git and returns its output, truncated to `maxBytes`.
 * @throws UserError with Git's message
 */
type Git = (args: readonly string[], input?: string, maxBytes?: number) => Promise<Buffer>;

/** Lines of Git's output. Empty lines are kept, because a path can be empty. */
const lines = (output: Buffer): string[] => output.toString('utf8').split(/\r?\n/);

/** Entries in the output of a Git command with `-z`. */
const entriesOf = (output: Buffer): string[] => output.toString('latin1').split('\0').slice(0, -1);

/** First line of Git's output; `null` if Git fails. */
const firstLine = (output: Promise<Buffer>): Promise<string | null> =>
	output.then(
		(bytes) => lines(bytes)[0],
		() => null
	);

/** Environment in which Git takes no optional locks and prints its messages in English. */
const gitEnv = () => ({ ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' });

const gitIn =
	(cwd: string): Git =>
	(args, input, maxBytes) =>
		new Promise((resolve, reject) => {
			const options = {
				cwd,
				encoding: 'buffer',
				maxBuffer: maxBytes ?? MAX_OUTPUT_BYTES,
				env: gitEnv()
			} as const;
			const child = execFile('git', args, options, (error, output, errors) => {
				const code = systemCode(error);
				const isStart = maxBytes !== undefined && code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';
				if (!error || isStart) resolve(output);
				else if (code === 'ENOENT') {
					reject(new UserError("Git isn't installed; install it, or use `bpe-lab diff`"));
				} else {
					const words = errors.toString('utf8').trim() || oneLine(error);
					const problem = words.includes('not a git repository')
						? 'got a folder outside any Git repository, expected one inside; use `bpe-lab diff` for other files'
						: `git ${args[0]}: ${words}`;
					reject(new UserError(problem, { cause: error }));
				}
			});
			// Git may stop before it has read all of its input; the callback reports why.
			child.stdin?.on('error', () => undefined).end(input);
		});

/** Writes Git's output to a new file. */
async function gitToFile(cwd: string, args: readonly string[], target: string): Promise<void> {
	const file = await open(target, 'wx');
	try {
		await new Promise<void>((resolve, reject) => {
			const child = spawn('git', args, { cwd, env: gitEnv(), stdio: ['ignore', file.fd, 'pipe'] });
			const errors: Buffer[] = [];
			child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
			child.on('error', reject);
			child.on('close', (code) => {
				const words = `git ${args[0]}: ${Buffer.concat(errors).toString('utf8').trim()}`;
				if (code === 0) resolve();
				else reject(new UserError(words));
			});
		});
	} finally {
		await file.close();
	}
}

async function readObjects(git: Git, objects: readonly string[]): Promise<Map<string, Buffer>> {
	const found = new Map<string, Buffer>();
	if (objects.length === 0) return found;
	const output = await git(['cat-file', '--batch'], objects.join('\n'));
	for (let at = 0; at < output.length;) {
		const end = output.indexOf('\n', at);
		const [object, type, size] = output.toString('latin1', at, end).split(' ');
		if (size === undefined) throw new UserError(`git cat-file: object ${object} is ${type}`);
		at = end + 1 + Number(size) + 1;
		found.set(object, output.subarray(end + 1, at - 1));
	}
	return found;
}
