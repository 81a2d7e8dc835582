import { looksLikeTokenizer } from '../tokenizers/files/recognize';
import { readBytes } from './text-file';

/** Number of bytes at the beginning of a file that tell what it is. */
const SAMPLE_BYTES = 1 << 16;
/** A line of a table of counts: a pre-token as JSON, a tab, its count. */
const COUNTS_LINE = /^"(?:[^"\\]|\\.)*"\t\d+\r?$/;

/** Recognizes a file by its content, and a tokenizer also by its name. `json` may be a tokenizer, a session file or text. */
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

/** @param isCut whether the last line of the sample may be incomplete */
function isCountsTable(sample: string, isCut: boolean): boolean {
	const lines = sample.split('\n');
	const last = lines.pop() ?? '';
	if (!isCut && last !== '') lines.push(last);
	// A pre-token longer than the sample leaves only the beginning of a line.
	if (lines.length === 0) return false;
	return lines.every((line) => COUNTS_LINE.test(line));
}
