/**
 * `bpe-lab/tokenizers`: the catalogue, readers and writers for tokenizer files, and other libraries that run
 * tokenizers.
 */
export {
	CATALOGUE,
	withAncestors,
	findDescriptor,
	getDescriptor
} from '../lib/tokenizers/catalogue';
export type * from '../lib/tokenizers/catalogue/shared/descriptor';
export { readTokenizer, PatternMissingError, type ReadOptions } from '../lib/tokenizers/files/read';
export type { SlicedFile, TokenizerReading } from '../lib/tokenizers/files/types';
export { describeTokenizer, describeInWords } from '../lib/tokenizers/files/describe';
export {
	lossesOf,
	TOKENIZER_FORMATS,
	writeTokenizer,
	type TokenizerFormat,
	type WrittenFile
} from '../lib/tokenizers/files/write';
export { createLibraryRuntime, type Runtime } from '../lib/tokenizers/runtimes/runtime';
export { decodeIds, type DecodedIds } from '../lib/tokenizers/ids';
