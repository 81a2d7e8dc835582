/**
 * The engine's only door: a tokenizer as data (`TokenizerSpec`), read from and written to the formats
 * people have, and `createTokenizer`, which runs it.
 */
export type { DecodeOptions, EncodeOptions, Encoder, Encoding } from './encoding';
export { TokenKind } from './encoding';
export type * from './spec';
export type { Vocabulary } from './structures/vocabulary';
export { buildVocabulary, tokenAt, vocabularySize } from './structures/vocabulary';
export { fromByteLevel, toByteLevel } from './structures/byte-level';
export type { MergeNode } from './model/merge-tree';
export type { PieceTrace } from './model/types';
export type { MergeTrace, TracedAddedToken, TracedPiece } from './pipeline/trace';
export { createTokenizer, type Tokenizer } from './pipeline/tokenizer';
export { NoTokenError } from './pipeline/no-token-error';
export { parseTokenizerJson } from './formats/tokenizer-json';
export { writeTokenizerJson, type TokenizerJson } from './formats/tokenizer-json-write';
export { tokenizerJsonText } from './formats/tokenizer-json-text';
export { specFromTiktoken, type TiktokenRanks } from './formats/tiktoken';
export { writeTiktoken } from './formats/tiktoken-write';
export { writeVocabAndMerges, type VocabAndMerges } from './formats/vocab-merges';
export type * from './train/types';
export { PATTERNS, patternRegex } from './train/patterns';
export { TrainingRuleError } from './train/rule-error';
export { trainOn } from './train/train-on';
export { createPretokenCounter, type PretokenCounter } from './train/counter';
export { mergePretokenCounts } from './train/merge-counts';
export { CountsTsvReader, readCountsTsv, writeCountsTsv } from './train/counts-tsv';
export { createTrainer, type Trainer, type TrainingProgress } from './train/trainer';
export { trainedTokens, type TrainedTokens } from './train/tokens';
export { trainedSpec } from './train/spec';
export { createReplay, type Replay } from './train/replay';
export { corpusTokensAfter } from './train/curve';
export {
	boundariesGoneAt,
	encodingAfter,
	NEVER,
	nextPlace,
	previousPlace,
	spanAt,
	stepsBuffers,
	tokenCountsByMerge,
	type ByteSpan,
	type MergeSteps
} from './train/steps';
export { createExplorer, type CountedPair, type Explorer, type PairsAfter } from './train/explore';
