import { isSettingsFile } from '../../../tokenizers/files/recognize';
import { folderOf, nameOf } from '../../file-kind';

/** A file that a repository lists. */
export interface ListedFile {
	/** With its folder, separated by slashes. */
	readonly path: string;
	/** In bytes. */
	readonly size: number;
}

/**
 * Whether a path stays in its repository wherever it is decoded: no part is empty, `.` or `..`, or has a backslash, or an
 * escaped dot, slash or backslash.
 */
export const isInRepository = (path: string): boolean =>
	path.split('/').every((part) => !/^\.{0,2}$|\\|%2e|%2f|%5c/i.test(part));

/** Whether a file is GGUF, of which only the header is loaded: the rest is the weights of a model. */
export const isGgufPath = (path: string): boolean => path.endsWith('.gguf');

/** The files of one tokenizer: the main file or the two main files first, then settings. */
export interface TokenizerFiles<F extends ListedFile> {
	/** User-facing name: its path, or both paths. */
	readonly name: string;
	readonly files: readonly F[];
}

const depth = (folder: string): number => (folder === '' ? 0 : folder.split('/').length);

/**
 * Finds the tokenizers in the list of a repository's files, each with the settings beside it. The one that Hugging Face's
 * library would load comes first: tokenizer.json, then vocab.json with merges.txt, then SentencePiece models, ranks of
 * tiktoken and tekken.json, then GGUF, in the outermost folder first. A GGUF file is a tokenizer without the settings beside it, as
 * llama.cpp reads it.
 */
export function findTokenizers<F extends ListedFile>(listed: readonly F[]): TokenizerFiles<F>[] {
	const folders = new Map<string, Map<string, F>>();
	for (const file of listed) {
		const folder = folderOf(file.path);
		const files = folders.get(folder) ?? new Map<string, F>();
		folders.set(folder, files.set(nameOf(file.path), file));
	}
	const outermostFirst = [...folders].sort(
		([a], [b]) => depth(a) - depth(b) || (a < b ? -1 : Number(a > b))
	);
	return outermostFirst.flatMap(([, files]) => {
		const settings = [...files].filter(([name]) => isSettingsFile(name)).map(([, file]) => file);
		return mainFiles(files).map((main) => ({
			name: main.map(({ path }) => path).join(' and '),
			files: isGgufPath(main[0].path) ? main : [...main, ...settings]
		}));
	});
}

/** The main files of each tokenizer in a folder. */
function mainFiles<F extends ListedFile>(files: ReadonlyMap<string, F>): F[][] {
	const json = files.get('tokenizer.json');
	const vocab = files.get('vocab.json');
	const merges = files.get('merges.txt');
	const others = [...files].filter(([name]) => /\.(model|tiktoken)$|^tekken\.json$/.test(name));
	return [
		...(json ? [[json]] : []),
		...(vocab && merges ? [[vocab, merges]] : []),
		...others.map(([, file]) => [file]),
		...[...files].filter(([name]) => hasGgufHeader(name)).map(([, file]) => [file])
	];
}

/** Whether a GGUF file can have the tokenizer: of several parts, only the first has it. */
const hasGgufHeader = (name: string): boolean =>
	isGgufPath(name) && !/-0*([2-9]|[1-9]\d+)-of-\d+\.gguf$/.test(name);
