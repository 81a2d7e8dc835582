import type { TokenizerSpec } from '../../engine';
import type { FileFields } from './file-fields';

/** A file that is read in slices, so that only the required part of a large file is in memory. */
export interface SlicedFile {
	/** Name without the folder. */
	readonly name: string;
	/** Size in bytes. */
	readonly size: number;
	/** Reads bytes `[start, end)`, or fewer at the end of the file. */
	read(start: number, end: number): Promise<Uint8Array>;
}

export type TokenizerFormat =
	| 'tokenizer.json'
	| 'tiktoken JSON'
	| '.tiktoken'
	| 'tekken.json'
	| 'CLIP merges'
	| 'vocab.json and merges.txt'
	| 'SentencePiece model'
	| 'GGUF';

/** A tokenizer read from files, and how the files were interpreted. */
export interface TokenizerReading {
	readonly format: TokenizerFormat;
	readonly files: readonly string[];
	readonly spec: TokenizerSpec;
	/** Sentences about what the files specify. */
	readonly stated: readonly string[];
	/** Sentences about what was assumed because the files don't specify it, with sources. */
	readonly assumed: readonly string[];
	/** Sentences about those settings and features of the files that the lab ignores. */
	readonly unsupported: readonly string[];
	/** Jinja source; absent if the files include no template. */
	readonly chatTemplate?: string;
	/** Present only for JSON that was read for a comparison. */
	readonly file?: FileFields;
}
