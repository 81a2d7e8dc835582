import {
	llamaCpp,
	LONG_S,
	modelsFrom,
	stated,
	transformers,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { CASE_AWARE_PATTERN, GPT_TOKENIZER, OPENAI, TIKTOKEN_MODELS } from './shared/openai';

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'o200k_harmony',
	parent: 'o200k_base',
	since: '2025-08-05',
	vocabularySize: 201088,
	preTokenizer: CASE_AWARE_PATTERN,
	note: 'o200k_base with the special tokens of the harmony format (names from gpt-tokenizer 4.0.0).',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	chatTemplate: {
		file: 'o200k_harmony.jinja',
		model: 'gpt-oss-120b',
		...llamaCpp('openai-gpt-oss-120b')
	},
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{
			name: 'gpt-oss-120b',
			...stated(GPT_TOKENIZER, { contextWindow: 131_072 })
		},
		{
			name: 'gpt-oss-20b',
			...stated(GPT_TOKENIZER, { contextWindow: 131_072 }),
			...stated(transformers('gpt_oss'), { embeddingRows: 201_088 })
		}
	])
};

export const vocabulary: VocabularySource = {
	format: 'js-tiktoken ranks',
	encoding: 'o200k_base',
	specialTokens: {
		module: 'gpt-tokenizer/cjs/encodingParams/o200k_harmony',
		export: 'O200KHarmony'
	}
};
