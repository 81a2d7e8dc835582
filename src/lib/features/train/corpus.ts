import { CountsTsvReader, type CountingRules } from '../../engine/train';
import { CORPORA, loadCorpus } from '../../session/downloads/corpora';
import { reasonOf } from '../../session/format';
import { recognizeFile } from '../../session/file-kind';
import { readBytes, readTextFile, type ReadableFile, type TextFile } from '../../session/text-file';
import { findInvalidUtf8 } from '../../session/calls/counting';
import {
	describeBinaryFile,
	describeEmptyFile,
	describeInvalidUtf8,
	describeLargeCorpus
} from './messages';

/** The part of `File` that is needed, so that a Blob with a name will do. */
export interface CorpusFile extends ReadableFile {
	slice(start: number, end: number): Blob;
}

/** `counts` for a table of pre-tokens with their counts. */
export type CorpusFormat = 'text' | 'counts';

/** Text in the page, or a file that is read in parts. */
export type Corpus =
	| {
			readonly kind: 'text';
			readonly text: string;
			/** Id of the example corpus whose text this is. */
			readonly preset?: string;
	  }
	| {
			readonly kind: 'file';
			readonly file: CorpusFile;
			readonly format: CorpusFormat;
			/** How a table was counted, if a manifest says so. */
			readonly counted?: CountingRules;
	  };

/** Size of the largest file to train on, in bytes. */
export const MAX_CORPUS_BYTES = 200e6;
/** Size of the largest file whose text is put into the page, in bytes. */
export const MAX_PAGE_BYTES = 1e6;
/** Number of bytes that are checked at a time, so that no step blocks the page. */
const CHUNK_BYTES = 1 << 18;

/** An example corpus; `null` for an unknown id. @throws DownloadError if it cannot be fetched */
export async function presetCorpus(id: string | null): Promise<Corpus | null> {
	const preset = CORPORA.find((corpus) => corpus.id === id);
	return preset ? { kind: 'text', text: await loadCorpus(preset), preset: preset.id } : null;
}

/**
 * Reads a small file as text for the input field. Checks every other file from end to end, so that it replaces the
 * corpus only if it can be trained on: a large text, or a table of counts. The corpus is then the file.
 * @param options `format` of the file; by default recognized by the content
 * @returns `opened` for a corpus that is the text of the file
 * @throws Error with a message for users, for a folder and for a file that is empty, too large, unreadable, binary,
 * not UTF-8, or a table with a wrong line
 */
export async function readCorpusFile(
	file: CorpusFile,
	options: { isDirectory?: boolean; format?: CorpusFormat }
): Promise<{ readonly corpus: Corpus; readonly opened: TextFile | null }> {
	const { name, size } = file;
	const readText = async () => {
		const opened = await readTextFile(file, options);
		return { corpus: { kind: 'text', text: opened.text } as const, opened };
	};
	if (options.isDirectory) return readText();
	if (size === 0) throw new Error(describeEmptyFile(name));
	if (size > MAX_CORPUS_BYTES) throw new Error(describeLargeCorpus(name, size, MAX_CORPUS_BYTES));
	const format = options.format ?? (await recognizeFormat(file));
	if (size <= MAX_PAGE_BYTES && format === 'text') return readText();
	await checkFile(file, format);
	return { corpus: { kind: 'file', file, format }, opened: null };
}

/** A file that is named and begins like a table of counts is one, perhaps with a wrong line. */
async function recognizeFormat(file: CorpusFile): Promise<CorpusFormat> {
	const kind = await recognizeFile(file.name, file);
	if (kind !== 'text' || !/\.tsv$/i.test(file.name)) return kind === 'counts' ? 'counts' : 'text';
	const start = new TextDecoder().decode(await readBytes(file.name, file.slice(0, CHUNK_BYTES)));
	return /^"(?:[^"\\\n]|\\.)*"\t/.test(start) ? 'counts' : 'text';
}

/** @throws Error with a message for users */
async function checkFile(file: CorpusFile, format: CorpusFormat): Promise<void> {
	const { name, size } = file;
	const decoder = new TextDecoder('utf-8', { fatal: true });
	const table = format === 'counts' ? new CountsTsvReader() : null;
	for (let at = 0; at < size; at += CHUNK_BYTES) {
		const bytes = await readBytes(name, file.slice(at, at + CHUNK_BYTES));
		const nul = table || at > 0 ? -1 : bytes.indexOf(0);
		if (nul >= 0) throw new Error(describeBinaryFile(name, nul));
		let text: string;
		try {
			text = decoder.decode(bytes, { stream: at + CHUNK_BYTES < size });
		} catch (cause) {
			const { byte, hex } = await findInvalidUtf8(file, at, CHUNK_BYTES);
			throw new Error(describeInvalidUtf8(name, byte, hex), { cause });
		}
		try {
			table?.add(text);
			if (at + CHUNK_BYTES >= size) table?.finish();
		} catch (error) {
			throw new Error(`${name}: ${reasonOf(error)}`, { cause: error });
		}
	}
}
