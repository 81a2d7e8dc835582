/** Calls that write a tokenizer as files, and identify it: types and routes. The page loads no writer. */
import type { TokenizerFormat } from '../../tokenizers/files/write';
import type { Fingerprints } from '../../drift/fingerprint/versions';
import type { Routes } from '../../workers/pool';
import type { TokenizerChoice } from './tokenizing';

export interface WritingCalls {
	/** Writes a tokenizer in a format, which may not be able to express it. */
	writeTokenizer: {
		params: TokenizerChoice & { readonly format: TokenizerFormat };
		result: WrittenTokenizer;
	};
	fingerprint: { params: TokenizerChoice; result: Fingerprints };
}

/** Files that were written for a tokenizer. */
export interface WrittenTokenizer {
	/** Parts that change ids and that the files do not hold, as nouns. */
	readonly losses: readonly string[];
	readonly files: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

export const WRITING_ROUTES: Routes<WritingCalls> = {
	writeTokenizer: 'pinned',
	fingerprint: 'pinned'
};
