import { isSettingsFile } from '../../../tokenizers/files/recognize';
import { folderOf, nameOf } from '../../file-kind';

export interface ListedFile {
	/** Path within the repository, with `/` between folders. */
	readonly path: string;
	/** In bytes. */
	readonly size: number;
}

/**
 * Whether a path stays inside its repository, however it is decoded: no segment is empty, `.` or `..`, or contains a
 * backslash or an escaped dot, slash or backslash.
 */
export const isInRepository = (path: string): boolean =>
	path.split('/').every((part) => !/^\.{0,2}$|\\|%2e|%2f|%5c/i.test(part));

/** Whether a file is GGUF, in which case only its header is downloaded. The rest of the file is the model's weights. */
export const isGgufPath = (path: string): boolean => path.endsWith('.gguf');

/** The files of one tokenizer: first its one or two main files, then settings. */
export interface TokenizerFiles<F extends ListedFile> {
	/** User-facing name: the path of the main file, or of both main files. */
	readonly name: string;
	readonly files: readonly F[];
}

const depth = (folder: string): number => (folder === '' ? 0 : folder.split('/').length);

/**
 * Finds the tokenizers in a repository, each with its settings files. Starts with the one that Hugging Face's
 * library would load: outer folders come first and, within a folder, the order is tokenizer.json, vocab.json with
 * merges.txt, other formats, then GGUF. GGUF files are listed without settings, because llama.cpp doesn't read those.
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

/** Whether a GGUF file can contain the tokenizer. In a split model, only the first file can contain it. */
const hasGgufHeader = (name: string): boolean =>
	isGgufPath(name) && !/-0*([2-9]|[1-9]\d+)-of-\d+\.gguf$/.test(name);
