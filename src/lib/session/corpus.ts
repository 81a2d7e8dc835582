/** What a BPE is trained on: text in the page, or files that are read piece by piece. */
import { formatCount } from './format';
import { downloadCorpus } from './downloads/corpora';
import type { CorpusPreset } from './corpora';
import { readTextFile, TextFileError, type ReadableFile, type TextFile } from './text-file';

/** A file of a corpus, so that a named Blob will do. */
export interface CorpusFile extends ReadableFile {
	slice(start: number, end: number): Blob;
}

export type Corpus =
	| {
			readonly kind: 'text';
			readonly text: string;
			/** Id of the example that it is, unchanged. */
			readonly preset?: string;
	  }
	| { readonly kind: 'file'; readonly file: CorpusFile; readonly format: 'text' | 'counts' };

/** The largest file that is trained on, in bytes. */
export const CORPUS_LIMIT = 200e6;
/** Up to this many bytes a file becomes text in the page. */
export const TEXT_LIMIT = 1e6;
/** How many bytes tell whether a file is binary. */
const SAMPLE = 1 << 16;

/** Whether a file is a table of counts, by its name. */
const isCounts = (name: string): boolean => /\.tsv$/i.test(name);

/**
 * Looks at a file that is too large for the page, or a table of counts.
 * @throws TextFileError for one that is too large altogether, unreadable or binary
 */
export async function openCorpusFile(file: CorpusFile): Promise<Corpus> {
	const { name, size } = file;
	if (size > CORPUS_LIMIT) {
		throw new TextFileError(
			'too-large',
			`${name} has ${megabytes(size)}; at most ${megabytes(CORPUS_LIMIT)} can be trained on here. Count it with "bpe-lab count" and open the table instead.`
		);
	}
	let sample: Uint8Array;
	try {
		sample = new Uint8Array(await file.slice(0, SAMPLE).arrayBuffer());
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new TextFileError(
			'unreadable',
			`${name} could not be read (${why}). It may have been moved or changed; choose it again.`,
			{ cause }
		);
	}
	const nul = sample.indexOf(0);
	if (nul >= 0) {
		throw new TextFileError(
			'not-utf-8',
			`${name} looks binary: byte ${formatCount(nul)} is NUL. Training needs text in UTF-8.`
		);
	}
	return { kind: 'file', file, format: isCounts(name) ? 'counts' : 'text' };
}

/** An example corpus. @throws DownloadError when it cannot be fetched */
export async function presetCorpus({ id, text }: CorpusPreset): Promise<Corpus> {
	return { kind: 'text', text: text ?? (await downloadCorpus(id)), preset: id };
}

/** A text for the input field; null for what stays a file. @throws TextFileError as {@link openCorpusFile} */
export async function readCorpusFile(
	file: CorpusFile,
	options: { isDirectory?: boolean },
	take: (corpus: Corpus) => void
): Promise<TextFile | null> {
	if (options.isDirectory || !staysFile(file)) return readTextFile(file, options);
	take(await openCorpusFile(file));
	return null;
}

/** Whether a file is kept as a file instead of becoming text in the page. */
export const staysFile = ({ name, size }: CorpusFile): boolean =>
	size > TEXT_LIMIT || isCounts(name);

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1).replace(/\.0$/, '')} MB`;
