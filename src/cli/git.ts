/** Reads tokenizers of a Git repository: which have changed since a commit, and their files then and now. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { isAbsolute, join, posix, relative } from 'node:path';
import { isSettingsFile } from '../lib/tokenizers/files/recognize';
import { fileError, oneLine, systemCode, UserError } from './failure';

/** Largest output of Git that is read: a tokenizer.json may have 64 MB. */
const MAX_OUTPUT_BYTES = 256 << 20;

/** Runs Git and returns its output. @throws UserError in Git's words */
type Git = (...args: string[]) => Promise<Buffer>;

/** A tokenizer with a changed file. Paths are relative to the repository's root, with slashes. */
export interface ChangedTokenizer {
	/** A folder ('' is the root), if its tokenizer has files beside it, or a file. */
	readonly path: string;
	readonly isFolder: boolean;
	/** Its path in the commit. */
	readonly pathBefore: string;
	/** The file of it that has changed, or one of them. */
	readonly file: string;
}

/** Tokenizers that consist of one file. The hook's `files` lists the same names. */
const SINGLE_FILE =
	/(^|[-_.])tokenizer\.json$|\.tiktoken$|\.gguf$|^(tokenizer|spiece|sentencepiece\.bpe)\.model$/;

/** Files that make a tokenizer together with others of their folder. */
const isPartOfFolder = (name: string): boolean =>
	['tokenizer.json', 'vocab.json', 'merges.txt', 'generation_config.json'].includes(name) ||
	isSettingsFile(name);

/** Whether files of a folder are a tokenizer with what is beside it. */
const isTokenizerFolder = (names: readonly string[]): boolean =>
	names.includes('tokenizer.json') ||
	names.includes('tokenizer.model') ||
	(names.includes('vocab.json') && names.includes('merges.txt'));

/** Mode of symbolic links in Git. */
const LINK = '120000';

/** The working tree of a Git repository next to one of its commits. */
export class GitComparison {
	readonly #git: Git;
	readonly #root: string;
	/** Working folder relative to the root: '' or with a final slash. */
	readonly #prefix: string;
	readonly #commit: string;
	/** Name of the commit for people. */
	readonly base: string;

	private constructor(git: Git, root: string, prefix: string, commit: string, base: string) {
		this.#git = git;
		this.#root = root;
		this.#prefix = prefix;
		this.#commit = commit;
		this.base = base;
	}

	/**
	 * Opens the repository that a folder is in.
	 * @param base name of a commit. What is compared is the last commit that it shares with the branch that is checked out
	 * @returns `null` if the repository has no commit yet
	 * @throws UserError if the folder is in no repository, or the repository has no such commit
	 */
	static async open(folder: string, base: string): Promise<GitComparison | null> {
		const [root, prefix] = lines(
			await gitIn(folder)('rev-parse', '--show-toplevel', '--show-prefix')
		);
		const git = gitIn(root);
		const tip = await commitOf(git, 'HEAD');
		if (tip === null) return null;
		const commit = await commitOf(git, base);
		const shared = commit && (await firstLine(git('merge-base', commit, tip)));
		if (shared) return new GitComparison(git, root, prefix, shared, base);
		throw new UserError(
			`${base}: got no such commit here, or none that HEAD comes from; fetch more commits (actions/checkout: fetch-depth: 2 or more)`
		);
	}

	/**
	 * Finds tokenizers that have changed since the commit.
	 * @param paths of files or folders relative to the working folder; none for the whole repository. Files named here may
	 * have any name
	 * @throws UserError for a path that Git does not track
	 */
	async changed(paths: readonly string[]): Promise<ChangedTokenizer[]> {
		const asked = paths.map((path) =>
			isAbsolute(path)
				? relative(this.#root, path)
				: posix.normalize(`${this.#prefix}${path}`).replace(/\/$/, '')
		);
		for (const [i, path] of asked.entries()) await this.#requireTracked(path, paths[i]);
		// Of all files, because a file may come from a folder that is not asked for.
		const output = await this.#git(
			...['diff', '--name-status', '-z', '--find-renames', '--no-ext-diff', '--no-relative'],
			...[this.#commit, '--']
		);
		const isAsked = (path: string) =>
			asked.length === 0 ||
			asked.some((one) => one === '.' || path === one || path.startsWith(`${one}/`));
		const found = new Map<string, ChangedTokenizer>();
		for (const { path, pathBefore } of changes(output)) {
			if (!isAsked(path)) continue;
			const name = posix.basename(path);
			const folder = folderOf(path);
			if (isPartOfFolder(name)) {
				// tokenizer.json says what the folder was called.
				const isMain = name === 'tokenizer.json';
				if (found.has(`${folder}/`) && !isMain) continue;
				const before = isMain ? folderOf(pathBefore) : folder;
				found.set(`${folder}/`, { path: folder, pathBefore: before, isFolder: true, file: path });
			} else if (SINGLE_FILE.test(name) || asked.includes(path)) {
				found.set(path, { path, pathBefore, isFolder: false, file: path });
			}
		}
		return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
	}

	/**
	 * Writes a tokenizer as the commit has it, or as the working tree has it.
	 * @param folder that is made for it
	 * @returns path of the file or folder that was written, or `null` if there is no such tokenizer
	 */
	async write(
		tokenizer: ChangedTokenizer,
		version: 'before' | 'now',
		folder: string
	): Promise<string | null> {
		const place = version === 'now' ? tokenizer.path : tokenizer.pathBefore;
		const modes = await this.#filesOf(tokenizer.isFolder ? place : folderOf(place), version);
		const names = tokenizer.isFolder
			? [...modes.keys()].filter(belongsToFolder)
			: [posix.basename(place)].filter((name) => modes.has(name));
		if (tokenizer.isFolder ? !isTokenizerFolder(names) : names.length === 0) return null;
		await mkdir(folder);
		for (const name of names) {
			const path = tokenizer.isFolder ? joined(place, name) : place;
			const target = join(folder, name);
			if (version === 'now') await this.#copyNow(path, target);
			else await this.#copyBefore(path, modes.get(name) === LINK, target);
		}
		return tokenizer.isFolder ? folder : join(folder, names[0]);
	}

	async #copyNow(path: string, target: string): Promise<void> {
		try {
			await copyFile(join(this.#root, path), target);
		} catch (error) {
			throw fileError(path, error);
		}
	}

	async #copyBefore(path: string, isLink: boolean, target: string): Promise<void> {
		if (isLink) {
			throw new UserError(
				`${this.base}:${path}: this is a symbolic link, expected a file; compare the files with bpe-lab diff`
			);
		}
		// Converted as for the working tree, which also resolves pointers of Git LFS.
		await writeFile(target, await this.#git('cat-file', '--filters', `${this.#commit}:${path}`));
	}

	/** Modes of the files directly in a folder, by name. */
	async #filesOf(folder: string, version: 'before' | 'now'): Promise<Map<string, string>> {
		const path = folder === '' ? [] : [`${folder}/`];
		const output =
			version === 'now'
				? await this.#git('ls-files', '-z', '--stage', '--', ...path)
				: await this.#git('ls-tree', '-z', '--full-tree', this.#commit, '--', ...path);
		const gone =
			version === 'now'
				? entries(await this.#git('ls-files', '-z', '--deleted', '--', ...path))
				: [];
		const found = new Map<string, string>();
		for (const entry of entries(output)) {
			const path = entry.slice(entry.indexOf('\t') + 1);
			const isHere = folderOf(path) === folder && !gone.includes(path);
			if (isHere) found.set(posix.basename(path), entry.slice(0, LINK.length));
		}
		return found;
	}

	async #requireTracked(path: string, given: string): Promise<void> {
		const now = await this.#git('ls-files', '-z', '--', path);
		if (now.length > 0) return;
		const before = await this.#git('ls-tree', '-z', '--full-tree', this.#commit, '--', path);
		if (before.length > 0) return;
		throw new UserError(
			`${given}: Git tracks no such file or folder; to compare files that are not committed, use bpe-lab diff`
		);
	}
}

/** Files that a comparison reads. config.json is the model's, and changes often for other reasons. */
const belongsToFolder = (name: string): boolean =>
	isPartOfFolder(name) || ['tokenizer.model', 'config.json'].includes(name);

const folderOf = (path: string): string => (path.includes('/') ? posix.dirname(path) : '');

const joined = (folder: string, name: string): string =>
	folder === '' ? name : `${folder}/${name}`;

/** Lines of an output, of which a path may be empty. */
const lines = (output: Buffer): string[] => output.toString('utf8').split(/\r?\n/);

/** Entries of an output with `-z`. */
const entries = (output: Buffer): string[] => output.toString('utf8').split('\0').slice(0, -1);

/** Reads `git diff --name-status -z`. */
function* changes(output: Buffer): Generator<{ path: string; pathBefore: string }> {
	const fields = entries(output).values();
	for (const status of fields) {
		const pathBefore = fields.next().value ?? '';
		const path = /^[RC]/.test(status) ? (fields.next().value ?? '') : pathBefore;
		yield { path, pathBefore };
	}
}

const commitOf = (git: Git, name: string): Promise<string | null> =>
	firstLine(git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`));

/** First line that Git prints; `null` if it fails. */
const firstLine = (output: Promise<Buffer>): Promise<string | null> =>
	output.then(
		(bytes) => lines(bytes)[0],
		() => null
	);

/** Git in a folder. Paths are taken literally, and nothing is locked. */
const gitIn =
	(cwd: string): Git =>
	(...args) =>
		new Promise((resolve, reject) => {
			const options = {
				cwd,
				encoding: 'buffer',
				maxBuffer: MAX_OUTPUT_BYTES,
				env: { ...process.env, GIT_LITERAL_PATHSPECS: '1', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }
			} as const;
			execFile('git', args, options, (error, output, errors) => {
				if (!error) resolve(output);
				else if (systemCode(error) === 'ENOENT') {
					reject(new UserError('Git was not found; install it, or use bpe-lab diff'));
				} else {
					const words = errors.toString('utf8').trim() || oneLine(error);
					reject(new UserError(`git ${args[0]}: ${words}`, { cause: error }));
				}
			});
		});
