/** `bpe-lab`: tokenizers by name or from files, and the engine that runs them. */
export {
	loadTokenizer,
	type FileLike,
	type LoadOptions,
	type NamedFile,
	type TokenizerFile
} from './load-tokenizer';
export { countFile, type CountFileOptions } from './count-file';
export type * from '../lib/engine';
export { createTokenizer, type Batch, type BatchOptions, type Tokenizer } from './tokenizer';
export {
	NoTokenError,
	parseTokenizerJson,
	specFromTiktoken,
	TokenKind,
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges
} from '../lib/engine';
export { trainedSpec, trainOn } from '../lib/engine/train';
