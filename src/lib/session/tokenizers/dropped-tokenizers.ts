/** Groups the user's files by the tokenizer they belong to. */
import { hasTokenizerName, isSettingsFile } from '../../tokenizers/files/recognize';
import type { DroppedFile } from '../dropped-file';
import { folderOf, nameOf } from '../file-kind';
import type { PathFile } from '../calls/opening';

export interface TokenizerFiles {
	/** Name of the folder, or of the file that contains the vocabulary. */
	readonly name: string;
	readonly files: readonly PathFile[];
}

/** Maximum number of files listed in a folder. A model's folder has a few dozen files. */
const MAX_FILES = 1000;

/** Numeric order, so that version 10 comes after version 9. */
const byName = new Intl.Collator('en', { numeric: true });

/**
 * Groups files by tokenizer. A folder is one tokenizer with its settings. If its tokenizers are in subfolders, each
 * subfolder is one tokenizer; subfolders are ordered by name, because browsers list them in no particular order.
 * Among files that aren't in a folder, vocab.json and merges.txt form one tokenizer, settings belong to the tokenizer
 * if there is only one, and every other file is a separate tokenizer.
 */
export function groupTokenizerFiles(files: readonly PathFile[]): TokenizerFiles[] {
	const folders = new Map<string, PathFile[]>();
	for (const file of files) {
		const folder = folderOf(file.path);
		folders.set(folder, [...(folders.get(folder) ?? []), file]);
	}
	const loose = groupLooseFiles(folders.get('') ?? []);
	folders.delete('');
	const hasTokenizer = (folder: string) =>
		folders.get(folder)?.some(({ path }) => hasTokenizerName(nameOf(path))) ?? false;
	const roots = new Set([...folders.keys()].map((folder) => folder.split('/')[0]));
	const chosen = [...roots].flatMap((root) => {
		if (hasTokenizer(root)) return [root];
		const inner = [...folders.keys()].filter((folder) => folder.startsWith(`${root}/`));
		const found = inner.filter(hasTokenizer).toSorted(byName.compare);
		// A folder without tokenizers is opened anyway, so that the reader reports what is missing.
		return found.length > 0 ? found : [root];
	});
	return [
		...loose,
		...chosen.map((folder) => ({ name: nameOf(folder), files: folders.get(folder) ?? [] }))
	];
}

/** Groups files that aren't in a folder into tokenizers; those that consist of several files come first. */
function groupLooseFiles(files: readonly PathFile[]): TokenizerFiles[] {
	const settings = files.filter(({ path }) => isSettingsFile(path));
	const others = files.filter((file) => !settings.includes(file));
	const pairs = others.flatMap((vocab): TokenizerFiles[] => {
		const [, prefix] = /^(.*)vocab\.json$/.exec(vocab.path) ?? [];
		const merges = others.find(({ path }) => path === `${prefix}merges.txt`);
		if (prefix === undefined || !merges) return [];
		// The code that reads tokenizers expects these names.
		const pair = [
			{ path: 'vocab.json', file: vocab.file },
			{ path: 'merges.txt', file: merges.file }
		];
		return [{ name: prefix.replace(/[-_.]$/, '') || vocab.path, files: pair }];
	});
	const isPaired = ({ file }: PathFile) =>
		pairs.some((pair) => pair.files.some((one) => one.file === file));
	const singles = others
		.filter((file) => !isPaired(file))
		.map((file) => ({ name: file.path, files: [file] }));
	const [only, ...more] = [...pairs, ...singles];
	if (!only) return settings.map((file) => ({ name: file.path, files: [file] }));
	if (more.length === 0) return [{ ...only, files: [...only.files, ...settings] }];
	return [...pairs, ...singles];
}

/** Lists the files that a user has dropped or chosen, including those in dropped folders, with their paths. */
export async function listFiles(dropped: readonly DroppedFile[]): Promise<PathFile[]> {
	const listed: PathFile[] = [];
	for (const { file, entry } of dropped) {
		if (entry) await listFolder(entry, entry.name, listed);
		else listed.push({ path: file.webkitRelativePath || file.name, file });
	}
	return listed;
}

async function listFolder(
	folder: FileSystemDirectoryEntry,
	path: string,
	listed: PathFile[]
): Promise<void> {
	const reader = folder.createReader();
	const folders: FileSystemDirectoryEntry[] = [];
	// Each call returns some of the entries, or none once all have been returned.
	for (let entries = await readEntries(reader); entries.length > 0;) {
		for (const entry of entries) {
			if (listed.length >= MAX_FILES) return;
			if (isFolder(entry)) folders.push(entry);
			else if (isFile(entry))
				listed.push({ path: `${path}/${entry.name}`, file: await fileOf(entry) });
		}
		entries = await readEntries(reader);
	}
	for (const inner of folders) await listFolder(inner, `${path}/${inner.name}`, listed);
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

const readEntries = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
	new Promise((resolve, reject) => reader.readEntries(resolve, reject));

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
	new Promise((resolve, reject) => entry.file(resolve, reject));
