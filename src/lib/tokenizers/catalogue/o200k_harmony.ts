import { modelsFrom, unpriced, type TokenizerDescriptor } from './descriptor';
import { LONG_S, WHITE_SPACE } from './library-differences';
import { CASE_AWARE_PATTERN, OPENAI, TIKTOKEN_MODELS } from './openai';

const GPT_TOKENIZER = 'https://github.com/niieani/gpt-tokenizer/blob/main/src/models.gen.ts';

export const o200kHarmony: TokenizerDescriptor = {
	...OPENAI,
	id: 'o200k_harmony',
	vocabularySize: 201088,
	preTokenizer: CASE_AWARE_PATTERN,
	note: 'o200k_base with the special tokens of the harmony format (names from gpt-tokenizer 4.0.0).',
	vocabulary: {
		format: 'js-tiktoken ranks',
		encoding: 'o200k_base',
		specialTokens: {
			module: 'gpt-tokenizer/cjs/encodingParams/o200k_harmony',
			export: 'O200KHarmony'
		}
	},
	libraryDifferences: [WHITE_SPACE, LONG_S],
	// The ids of text without special tokens equal o200k_base's.
	oracle: { file: 'o200k_base.json', special: 'text' },
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'gpt-oss-20b', contextWindow: 131_072 },
		{ name: 'gpt-oss-120b', contextWindow: 131_072 }
	]),
	prices: [
		unpriced('gpt-oss-120b', 131_072, GPT_TOKENIZER),
		unpriced('gpt-oss-20b', 131_072, GPT_TOKENIZER)
	]
};
