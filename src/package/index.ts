/** `bpe-lab`: tokenizers by name or from files, and the engine that runs them. */
export {
	loadTokenizer,
	type FileLike,
	type LoadOptions,
	type NamedFile,
	type TokenizerFile
} from './load-tokenizer';
export type * from '../lib/engine';
export {
	createTokenizer,
	NoTokenError,
	parseTokenizerJson,
	specFromTiktoken,
	TokenKind,
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges
} from '../lib/engine';
export { trainedSpec, trainOn } from '../lib/engine/train';
