import {
	LITELLM,
	LONG_S,
	modelsFrom,
	noLiMa,
	page,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import {
	CASE_AWARE_PATTERN,
	GPT_TOKENIZER,
	OPENAI,
	OPENAI_PRICING,
	TIKTOKEN_MODELS
} from './shared/openai';

type Pair = readonly [input: number, output: number];

/** A model whose price and context window come from OpenAI's price list. */
const listed = (
	name: string,
	released: string,
	contextWindow: number,
	price: Pair,
	retired?: string
) => ({
	name,
	...stated(GPT_TOKENIZER, { released }),
	...stated(OPENAI_PRICING, { contextWindow, price }),
	...(retired && stated(LITELLM, { retired }))
});

/** A model whose details come from packages that collect data about models. */
const gathered = (
	name: string,
	released: string | undefined,
	contextWindow: number,
	price: Pair,
	retired?: string,
	above?: readonly [tokens: number, ...Pair]
) => ({
	name,
	...stated(GPT_TOKENIZER, { ...(released && { released }), contextWindow }),
	...stated(LITELLM, { price, above, ...(retired && { retired }) })
});

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'o200k_base',
	since: '2024-05-13',
	vocabularySize: 200019,
	preTokenizer: CASE_AWARE_PATTERN,
	libraryDifferences: [WHITE_SPACE, LONG_S],
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{
			...listed('GPT-4o', '2024-05-13', 128_000, [2.5, 10], '2027-01-14'),
			usable: [noLiMa(8_000)]
		},
		listed('GPT-4o mini', '2024-07-18', 128_000, [0.15, 0.6], '2027-01-14'),
		{ name: 'ChatGPT', note: 'tiktoken lists chatgpt-4o-latest here, and GPT-5.' },
		listed('o1', '2024-12-17', 200_000, [15, 60], '2026-10-23'),
		gathered('o3-mini', '2025-01-31', 200_000, [1.1, 4.4], '2026-10-23'),
		listed('o3', '2025-04-16', 200_000, [2, 8], '2026-12-11'),
		listed('o4-mini', '2025-04-16', 200_000, [1.1, 4.4], '2026-10-23'),
		listed('GPT-4.1', '2025-04-14', 1_047_576, [2, 8], '2027-01-14'),
		listed('GPT-4.1 mini', '2025-04-14', 1_047_576, [0.4, 1.6], '2027-01-14'),
		listed('GPT-4.1 nano', '2025-04-14', 1_047_576, [0.1, 0.4], '2026-10-23'),
		{
			name: 'GPT-4.5',
			...stated(GPT_TOKENIZER, { released: '2025-02-27', contextWindow: 128_000 }),
			...stated(page('https://developers.openai.com/api/docs/deprecations', '2026-11'), {
				retired: '2025-07-14'
			})
		},
		listed('GPT-5', '2025-08-07', 400_000, [1.25, 10], '2026-12-11'),
		listed('GPT-5 mini', '2025-08-07', 400_000, [0.25, 2], '2026-12-11'),
		listed('GPT-5 nano', '2025-08-07', 400_000, [0.05, 0.4], '2026-12-11'),
		listed('GPT-5.1', '2025-11-13', 400_000, [1.25, 10], '2027-04-01'),
		listed('GPT-5.2', '2025-12-11', 400_000, [1.75, 14]),
		gathered('GPT-5.4', '2026-03-05', 1_050_000, [2.5, 15], undefined, [272_000, 5, 22.5]),
		gathered('GPT-5.4 mini', '2026-03-17', 400_000, [0.75, 4.5]),
		gathered('GPT-5.4 nano', '2026-03-17', 400_000, [0.2, 1.25], '2027-04-01'),
		gathered('GPT-5.5', '2026-04-23', 1_050_000, [5, 30], undefined, [272_000, 10, 45]),
		gathered('GPT-5.6 Sol', undefined, 1_050_000, [4, 20], undefined, [272_000, 8, 30]),
		gathered('GPT-5.6 Terra', undefined, 1_050_000, [2, 12], undefined, [272_000, 4, 18]),
		gathered('GPT-5.6 Luna', undefined, 1_050_000, [0.2, 1.2], undefined, [272_000, 0.4, 1.8])
	])
};

export const vocabulary: VocabularySource = { format: 'js-tiktoken ranks', encoding: 'o200k_base' };
