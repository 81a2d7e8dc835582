import {
	GENAI_PRICES,
	GPT4_PATTERN,
	LITELLM,
	LONG_S,
	modelsFrom,
	page,
	ruler,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { GPT_TOKENIZER, OPENAI, OPENAI_PRICING, TIKTOKEN_MODELS } from './shared/openai';

const GENAI_OPENAI = page(`${GENAI_PRICES}/openai.yml`, '2025-07-04');

const OFF_IN_OCTOBER = stated(LITELLM, { retired: '2026-10-23' });

const embedding = (name: string, price: number) => ({
	name,
	isEmbedding: true as const,
	...stated(GENAI_OPENAI, { contextWindow: 8_192, price: [price] })
});

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'cl100k_base',
	since: '2022-12-15',
	vocabularySize: 100277,
	preTokenizer: GPT4_PATTERN,
	libraryDifferences: [WHITE_SPACE, LONG_S],
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{
			name: 'GPT-4',
			...stated(OPENAI_PRICING, { contextWindow: 8_192, price: [30, 60] }),
			...OFF_IN_OCTOBER
		},
		{
			name: 'GPT-4 Turbo',
			...stated(GPT_TOKENIZER, { released: '2024-04-09' }),
			...stated(OPENAI_PRICING, { contextWindow: 128_000, price: [10, 30] }),
			...OFF_IN_OCTOBER,
			usable: [ruler(65_536, 'gpt-4-1106-preview')]
		},
		{
			name: 'GPT-3.5 Turbo',
			...stated(page('https://developers.openai.com/api/docs/models/gpt-3.5-turbo', '2026-10-23'), {
				contextWindow: 16_385,
				price: [0.5, 1.5]
			}),
			...OFF_IN_OCTOBER
		},
		embedding('text-embedding-ada-002', 0.1),
		embedding('text-embedding-3-small', 0.02),
		embedding('text-embedding-3-large', 0.13),
		{
			name: 'davinci-002',
			...stated(LITELLM, { contextWindow: 16_384, price: [2, 2], retired: '2026-09-28' })
		},
		{
			name: 'babbage-002',
			...stated(LITELLM, { contextWindow: 16_384, price: [0.4, 0.4], retired: '2026-09-28' })
		}
	])
};

export const vocabulary: VocabularySource = {
	format: 'js-tiktoken ranks',
	encoding: 'cl100k_base'
};
