/** Call that writes a tokenizer as files: types and route. The page loads no writer. */
import type { TokenizerFormat } from '../../tokenizers/files/write';
import type { Routes } from '../../workers/pool';
import type { TokenizerChoice } from './tokenizing';

export interface WritingCalls {
	/** Writes a tokenizer in a format, which may not be able to express it. */
	writeTokenizer: {
		params: TokenizerChoice & { readonly format: TokenizerFormat };
		result: WrittenTokenizer;
	};
}

/** Files that were written for a tokenizer. */
export interface WrittenTokenizer {
	/** Parts that change ids and that the files do not hold, as nouns. */
	readonly losses: readonly string[];
	readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

export const WRITING_ROUTES: Routes<WritingCalls> = {
	writeTokenizer: 'pinned'
};
