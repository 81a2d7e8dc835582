import type { TokenizerSpec } from '../../engine';
import type { FileFields } from './file-fields';

/** A file that is read in slices, so that only the needed part of a large one is in memory. */
export interface SlicedFile {
	/** Without its folder. */
	readonly name: string;
	/** In bytes. */
	readonly size: number;
	/** Reads bytes `[start, end)`; fewer at the end of the file. */
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

/** A tokenizer that was read from files, and how the files were understood. */
export interface TokenizerReading {
	readonly format: TokenizerFormat;
	/** Names of the files that were read. */
	readonly files: readonly string[];
	readonly spec: TokenizerSpec;
	/** Statements of the files about the tokenizer, in sentences. */
	readonly stated: readonly string[];
	/** Assumptions where the files say nothing, each with its source, in sentences. */
	readonly assumed: readonly string[];
	/** Contents of the files that have no effect here, in sentences. */
	readonly unsupported: readonly string[];
	/** Jinja text; absent if the files have none. */
	readonly chatTemplate?: string;
	/** Only for JSON that is read for a comparison. */
	readonly file?: FileFields;
}
