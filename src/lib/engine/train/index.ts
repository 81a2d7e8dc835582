/** Trains a BPE model: counts pre-tokens, learns merges and examines a finished training run. */
export type * from './types';
export { parsePattern, PATTERNS, patternRegex } from './patterns';
export { TrainingRuleError } from './rules';
export { createPretokenCounter, pretokenSections, type PretokenCounter } from './counter';
export { mergePretokenCounts } from './count-table';
export { CountsTsvReader, writeCountsTsv } from './counts-tsv';
export {
	checkFigures,
	COUNTS_MANIFEST,
	describePattern,
	differingRule,
	isCountsManifest,
	isShardName,
	parseCountsManifest,
	shardName,
	writeCountsManifest,
	type CountsManifest,
	type CountsShard,
	type CountsTotals
} from './counts-manifest';
export { LETTER, SPACE } from '../pretokenize/scanners/chars';
export {
	betweenWords,
	lastBoundary,
	nextFlags,
	neverSplit,
	previousFlags,
	Utf8Chunker,
	type ChunkerOptions,
	type FindBoundary
} from './utf8-chunker';
export { corpusTokensAfter, createTrainer, trainOn, type Trainer } from './trainer';
export { trainedTokens, type TrainedTokens } from './tokens';
export { trainedSpec } from './spec';
export { createReplay, type Replay } from './replay';
export {
	boundariesRemovedBy,
	encodingAfter,
	NEVER,
	pairBoundaries,
	spanAt,
	type MergeSteps
} from './steps';
export { createExplorer, type Explorer, type PairsAfter } from './explore';
