/** Stages run alone, and the tables they share: for the drift judge and for second opinions. */
export { createNormalizer, type Normalizer } from '../normalize/normalizer';
export { createPreTokenizer, soleScanner } from '../pretokenize/pre-tokenizer';
export { Pretokens, type PreTokenizer } from '../pretokenize/pretokens';
export { scannerFor } from '../pretokenize/scanners';
export {
	cl100kPattern,
	CONTRACTIONS,
	GPT2_PATTERN,
	o200kPattern,
	UPPER
} from '../pretokenize/patterns';
export {
	createDecoder,
	createTokenBytes,
	isByteLevelOnly,
	byteLevelBytes,
	concatenate,
	type DecodeStep
} from '../decode/decoder';
export {
	parseNormalizer,
	parsePreTokenizer,
	parsePostProcessor,
	parseDecoder
} from '../formats/stages';
export { normalizerSteps, preTokenizerSteps } from '../stage-steps';
export { Field, describe } from '../formats/field';
export { decodeBase64 } from '../formats/base64';
export { mergesFromRanks } from '../formats/merges-from-ranks';
export {
	ByteSource,
	INLINE,
	lowWord,
	highWord,
	mix,
	hashLong,
	equalLong,
	ByteTable
} from '../structures/byte-table';
export { TokenTable } from '../structures/token-table';
export { IntBuffer } from '../structures/int-buffer';
