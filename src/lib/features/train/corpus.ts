import { CORPORA, loadCorpus } from '../../session/corpora';
import { recognizeFile } from '../../session/file-kind';
import { readBytes, readTextFile, type ReadableFile, type TextFile } from '../../session/text-file';
import { describeBinaryFile, describeLargeCorpus } from './messages';

/** The part of `File` that is needed, so that a Blob with a name will do. */
export interface CorpusFile extends ReadableFile {
	slice(start: number, end: number): Blob;
}

/** Text in the page, or a file that is read in parts. */
export type Corpus =
	| {
			readonly kind: 'text';
			readonly text: string;
			/** Id of the example corpus whose text this is. */
			readonly preset?: string;
	  }
	| { readonly kind: 'file'; readonly file: CorpusFile; readonly format: 'text' | 'counts' };

/** Size of the largest file to train on, in bytes. */
export const MAX_CORPUS_BYTES = 200e6;
/** Size of the largest file whose text is put into the page, in bytes. */
export const MAX_PAGE_BYTES = 1e6;
/** Number of bytes that are searched for NUL. */
const SAMPLE_BYTES = 1 << 16;

/** An example corpus; `null` for an unknown id. @throws DownloadError if it cannot be fetched */
export async function presetCorpus(id: string | null): Promise<Corpus | null> {
	const preset = CORPORA.find((corpus) => corpus.id === id);
	return preset ? { kind: 'text', text: await loadCorpus(preset), preset: preset.id } : null;
}

/**
 * Reads a small file as text for the input field.
 * @param options `format` of the file; by default recognized by the content
 * @param take takes a corpus that is kept as a file: a large one, or a table of counts
 * @returns `null` if the corpus is kept as a file
 * @throws Error with a message for users, for a folder and for a file that is too large, unreadable or binary
 */
export async function readCorpusFile(
	file: CorpusFile,
	options: { isDirectory?: boolean; format?: 'text' | 'counts' },
	take: (corpus: Corpus) => void
): Promise<TextFile | null> {
	const { name, size } = file;
	if (options.isDirectory) return readTextFile(file, options);
	if (size > MAX_CORPUS_BYTES) throw new Error(describeLargeCorpus(name, size, MAX_CORPUS_BYTES));
	const format = options.format ?? ((await recognizeFile(file)) === 'counts' ? 'counts' : 'text');
	if (size <= MAX_PAGE_BYTES && format === 'text') {
		return readTextFile(file, options);
	}
	const sample = await readBytes(name, file.slice(0, SAMPLE_BYTES));
	const nul = sample.indexOf(0);
	if (nul >= 0) throw new Error(describeBinaryFile(name, nul));
	take({ kind: 'file', file, format });
	return null;
}
