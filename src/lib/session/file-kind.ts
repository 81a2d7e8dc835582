import { COUNTS_MANIFEST, isCountsManifest, isShardName } from '../engine/train';
import { looksLikeTokenizer } from '../tokenizers/files/recognize';
import { readBytes } from './text-file';
import type { PathFile } from './calls/opening';

const SAMPLE_BYTES = 1 << 16;
/** A line in a table of counts: a pre-token as JSON, a tab and its count. */
const COUNTS_LINE = /^"(?:[^"\\]|\\.)*"\t\d+\r?$/;

/**
 * Detects a file's format from its content; for tokenizers, the file name also counts. `json` may be a tokenizer, a
 * session file or text.
 */
export async function recognizeFile(
	name: string,
	file: Pick<Blob, 'size' | 'slice'>
): Promise<'tokenizer' | 'json' | 'counts' | 'text'> {
	const bytes = await readBytes(name, file.slice(0, SAMPLE_BYTES));
	if (looksLikeTokenizer(name, bytes)) return 'tokenizer';
	const sample = new TextDecoder().decode(bytes);
	if (/^\s*\{/.test(sample)) return 'json';
	return isCountsTable(sample, bytes.length < file.size) ? 'counts' : 'text';
}

/** @param isCut whether the sample's last line may be incomplete */
function isCountsTable(sample: string, isCut: boolean): boolean {
	const lines = sample.split('\n');
	const last = lines.pop() ?? '';
	if (!isCut && last !== '') lines.push(last);
	// The file is empty, or its first line is longer than the sample.
	if (lines.length === 0) return false;
	return lines.every((line) => COUNTS_LINE.test(line));
}

/** Counts that are split into shards. */
export interface CountsFolder {
	/** Name of the folder; empty if unknown. */
	readonly name: string;
	readonly files: readonly File[];
}

/**
 * Finds counts in shards, as written by `bpe-lab count --out`.
 * @returns the folder of the first manifest or, if there is none, of the first shard; `null` if there is neither
 */
export async function findCountsFolder(files: readonly PathFile[]): Promise<CountsFolder | null> {
	let found: PathFile | undefined;
	for (const one of files) {
		if (nameOf(one.path) !== COUNTS_MANIFEST) continue;
		const start = await readBytes(one.path, one.file.slice(0, SAMPLE_BYTES));
		if (!isCountsManifest(new TextDecoder().decode(start))) continue;
		found = one;
		break;
	}
	const first = found ?? files.find(({ path }) => isShardName(nameOf(path)));
	if (!first) return null;
	const folder = folderOf(first.path);
	const beside = files
		.filter(({ path }) => folderOf(path) === folder)
		.map(({ path, file }) => new File([file], nameOf(path)));
	return { name: nameOf(folder), files: beside };
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Folder part of a path; empty if there is none. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
