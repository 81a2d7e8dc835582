import {
	LITELLM,
	modelsFrom,
	noLiMa,
	stated,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { LONG_S, WHITE_SPACE } from './shared/library-differences';
import {
	CASE_AWARE_PATTERN,
	GPT_TOKENIZER,
	OPENAI,
	OPENAI_PRICING,
	TIKTOKEN_MODELS
} from './shared/openai';

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'o200k_base',
	since: '2024-05-13',
	vocabularySize: 200019,
	preTokenizer: CASE_AWARE_PATTERN,
	libraryDifferences: [WHITE_SPACE, LONG_S],
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'ChatGPT', note: 'tiktoken lists chatgpt-4o-latest here, and GPT-5.' },
		{
			name: 'GPT-5',
			...stated(GPT_TOKENIZER, { released: '2025-08-07' }),
			...stated(OPENAI_PRICING, { contextWindow: 400_000, price: [1.25, 10] })
		},
		{
			name: 'GPT-4o',
			...stated(GPT_TOKENIZER, { released: '2024-05-13' }),
			...stated(OPENAI_PRICING, { contextWindow: 128_000, price: [2.5, 10] }),
			usable: noLiMa(8_000)
		},
		{
			name: 'GPT-4o mini',
			...stated(GPT_TOKENIZER, { released: '2024-07-18' }),
			...stated(OPENAI_PRICING, { contextWindow: 128_000, price: [0.15, 0.6] })
		},
		{
			name: 'o1',
			...stated(GPT_TOKENIZER, { released: '2024-12-17' }),
			...stated(OPENAI_PRICING, { contextWindow: 200_000, price: [15, 60] })
		},
		{
			name: 'o3',
			...stated(GPT_TOKENIZER, { released: '2025-04-16' }),
			...stated(OPENAI_PRICING, { contextWindow: 200_000, price: [2, 8] })
		},
		{
			name: 'o3-mini',
			...stated(GPT_TOKENIZER, { released: '2025-01-31', contextWindow: 200_000 }),
			...stated(LITELLM, { price: [1.1, 4.4] })
		},
		{
			name: 'o4-mini',
			...stated(GPT_TOKENIZER, { released: '2025-04-16' }),
			...stated(OPENAI_PRICING, { contextWindow: 200_000, price: [1.1, 4.4] })
		},
		{
			name: 'GPT-4.1',
			...stated(GPT_TOKENIZER, { released: '2025-04-14' }),
			...stated(OPENAI_PRICING, { contextWindow: 1_047_576, price: [2, 8] })
		},
		{
			name: 'GPT-4.1 mini',
			...stated(GPT_TOKENIZER, { released: '2025-04-14' }),
			...stated(OPENAI_PRICING, { contextWindow: 1_047_576, price: [0.4, 1.6] })
		},
		{
			name: 'GPT-4.1 nano',
			...stated(GPT_TOKENIZER, { released: '2025-04-14' }),
			...stated(OPENAI_PRICING, { contextWindow: 1_047_576, price: [0.1, 0.4] })
		},
		{
			name: 'GPT-4.5',
			...stated(GPT_TOKENIZER, { released: '2025-02-27', contextWindow: 128_000 })
		},
		{
			name: 'GPT-5 mini',
			...stated(GPT_TOKENIZER, { released: '2025-08-07' }),
			...stated(OPENAI_PRICING, { contextWindow: 400_000, price: [0.25, 2] })
		},
		{
			name: 'GPT-5 nano',
			...stated(GPT_TOKENIZER, { released: '2025-08-07' }),
			...stated(OPENAI_PRICING, { contextWindow: 400_000, price: [0.05, 0.4] })
		},
		{
			name: 'GPT-5.1',
			...stated(GPT_TOKENIZER, { released: '2025-11-13' }),
			...stated(OPENAI_PRICING, { contextWindow: 400_000, price: [1.25, 10] })
		},
		{
			name: 'GPT-5.2',
			...stated(GPT_TOKENIZER, { released: '2025-12-11' }),
			...stated(OPENAI_PRICING, { contextWindow: 400_000, price: [1.75, 14] })
		},
		{
			name: 'GPT-5.4',
			...stated(GPT_TOKENIZER, { released: '2026-03-05', contextWindow: 1_050_000 }),
			...stated(LITELLM, { price: [2.5, 15] })
		},
		{
			name: 'GPT-5.5',
			...stated(GPT_TOKENIZER, { released: '2026-04-23', contextWindow: 1_050_000 }),
			...stated(LITELLM, { price: [5, 30] })
		}
	]),
	defaultModel: 'GPT-4o'
};

export const vocabulary: VocabularySource = { format: 'js-tiktoken ranks', encoding: 'o200k_base' };
