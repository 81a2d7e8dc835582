/**
 * Tokenizers as data (`TokenizerSpec`), readers and writers of published file formats, and `createTokenizer`,
 * which runs a spec.
 */
export type { DecodeOptions, EncodeOptions, Encoder, Encoding } from './encoding';
export { TokenKind } from './encoding';
export type { DecodeStream } from './decode/stream';
export type * from './spec';
export { listOfPairs, type MergeList } from './structures/merge-list';
export { listOfSplits } from './formats/packed-merges';
export { buildVocabulary, tokenAt, vocabularySize, type Vocabulary } from './structures/vocabulary';
export { fromByteLevel, toByteLevel } from './structures/byte-level';
export { buildMergeTrees, type MergeNode } from './model/merge-tree';
export type { PretokenTrace } from './model/types';
export type { MergeTrace, TracedAddedToken, TracedPretoken } from './pipeline/trace';
export { buildTokenizer, type Tokenizer } from './pipeline/tokenizer';
export { createTokenizer } from './pipeline/create-tokenizer';
export { loadCore } from './model/core';
export { ABSENT_EXTRAS, withExtras } from './text/extras';
export { wrongArgument } from './wrong-argument';
export { NoTokenError } from './pipeline/token-content';
export { parseTokenizerJson } from './formats/tokenizer-json';
export {
	tokenizerJsonText,
	writeTokenizerJson,
	type TokenizerJson
} from './formats/tokenizer-json-write';
export { specFromTiktoken, type TiktokenRanks } from './formats/tiktoken';
export { writeTiktoken } from './formats/tiktoken-write';
export { writeVocabAndMerges, type VocabAndMerges } from './formats/vocab-merges';
