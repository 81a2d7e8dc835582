/** Individual stages and their shared tables, for code that needs only part of a tokenizer. */
export { EXTRAS } from '../text/all-extras';
export { createNormalizer } from '../normalize/normalizer';
export { createPreTokenizer } from '../pretokenize/pre-tokenizer';
export { Pretokens } from '../pretokenize/pretokens';
export { scannerFor } from '../pretokenize/scanners';
export {
	cl100kPattern,
	CONTRACTIONS,
	GPT2_PATTERN,
	KIMI_PATTERN,
	o200kPattern,
	UPPER,
	WORDS_WITH_MARKS
} from '../pretokenize/patterns';
export { surround } from '../postprocess/post-processor';
export { createDecoder, createTokenBytes } from '../decode/decoder';
export {
	parseNormalizer,
	parsePreTokenizer,
	parsePostProcessor,
	parseDecoder
} from '../formats/stages';
export { sentencePieceDecoder, approximateSteps } from '../formats/sentencepiece-steps';
export { normalizerSteps, preTokenizerSteps } from '../spec';
export { Field } from '../formats/field';
export { decodeBase64, encodeBase64 } from '../text/base64';
export { mergesFromRanks } from '../formats/merges-from-ranks';
export { createSpecialToken } from '../formats/added-tokens';
export { concatenate, grow, IntBuffer } from '../structures/arrays';
export { joined } from '../model/merge-rules';
export { ByteSource } from '../structures/byte-table';
export { hashWords } from '../structures/hash';
export { splitsOf } from '../structures/merge-list';
export { tokenTableOf, type TokenTable } from '../structures/token-table';
export { TokenTrie } from '../structures/token-trie';
