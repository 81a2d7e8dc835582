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

/** The required subset of `File`, so a Blob with a name is enough. */
export interface CorpusFile extends ReadableFile {
	slice(start: number, end: number): Blob;
}

/** Format of a corpus; `counts` means a table of pre-tokens with their counts. */
export type CorpusFormat = 'text' | 'counts';

/** Text on the page, or a file that is read in parts. */
export type Corpus =
	| {
			readonly kind: 'text';
			readonly text: string;
			/** Id of the example corpus that the text belongs to. */
			readonly preset?: string;
	  }
	| {
			readonly kind: 'file';
			readonly file: CorpusFile;
			readonly format: CorpusFormat;
			/** Rules used to produce the counts, if a manifest states them. */
			readonly counted?: CountingRules;
	  };

/** Maximum size of a file to train on, in bytes. */
export const MAX_CORPUS_BYTES = 200e6;
/** Maximum size of a file whose text is shown on the page, in bytes. */
export const MAX_PAGE_BYTES = 1e6;
/** Number of bytes checked in one step, so that checking doesn't block the page. */
const CHUNK_BYTES = 1 << 18;

/** An example corpus; `null` for an unknown id. @throws DownloadError if it can't be fetched */
export async function presetCorpus(id: string | null): Promise<Corpus | null> {
	const preset = CORPORA.find((corpus) => corpus.id === id);
	return preset ? { kind: 'text', text: await loadCorpus(preset), preset: preset.id } : null;
}

/**
 * Reads a small text file into the input field. A large text or a table of counts is checked completely before it
 * becomes the corpus.
 * @param options `format` of the file; by default, it is detected from the content
 * @returns the corpus, and the opened file if its text goes into the input field
 * @throws Error with a message for users, for a folder or a file that is empty, too large, unreadable, binary, not
 * UTF-8, or a table with an invalid line
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

/** A file whose name and beginning look like a table of counts is treated as one, even if it has an invalid line. */
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
