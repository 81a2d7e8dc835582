import {
	UnsupportedFileError,
	PatternMissingError,
	readTokenizer,
	type ReadOptions
} from '../tokenizers/files/read';
import type { FileFields } from '../tokenizers/files/file-fields';
import type { SlicedFile } from '../tokenizers/files/types';
import { encodeUtf8, hexOf } from '../engine/text';
import type { Tokenizer, TokenizerSpec } from '../engine';
import { platformSha256 } from './sha256';
import { reasonOf } from '../engine/text';

/** One of the two tokenizers to compare. */
export type TokenizerSource = ReadTokenizer | UnreadableTokenizer;

export interface ReadTokenizer {
	readonly spec: TokenizerSpec;
	/** Runs {@link spec}. If absent, a tokenizer is created from the spec. */
	readonly tokenizer?: Tokenizer;
	/** Fields of the file that the spec omits; absent or `null` if the tokenizer doesn't come from a JSON file. */
	readonly file?: FileFields | null;
}

export interface UnreadableTokenizer {
	/** Why the file can't be read as a tokenizer. */
	readonly problem: string;
}

/**
 * Reads a tokenizer, including everything that a comparison needs, or reports why its files can't be read.
 * @throws Error with a one-line message if the files may be valid, but don't define how text is split or require
 * features that the engine doesn't support
 */
export async function readSource(
	files: readonly SlicedFile[],
	options: ReadOptions = {}
): Promise<TokenizerSource> {
	try {
		const { spec, file } = await readTokenizer(files, { ...options, forComparison: true });
		return { spec, file };
	} catch (error) {
		if (error instanceof PatternMissingError || error instanceof UnsupportedFileError) throw error;
		return { problem: reasonOf(error) };
	}
}

/** Reads a tokenizer from the text of a tokenizer.json, like {@link readSource}. */
export function readTokenizerFile(text: string): Promise<TokenizerSource> {
	const bytes = encodeUtf8(text);
	const read = (start: number, end: number) => Promise.resolve(bytes.subarray(start, end));
	const sha256 = platformSha256();
	return readSource([{ name: 'tokenizer.json', size: bytes.length, read }], {
		sha256: sha256 ? async (content) => hexOf(await sha256(content)) : undefined
	});
}
