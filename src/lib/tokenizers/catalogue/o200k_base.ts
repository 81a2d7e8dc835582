import {
	modelsFrom,
	noLiMa,
	pricesFrom,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { LONG_S, WHITE_SPACE } from './shared/library-differences';
import { CASE_AWARE_PATTERN, OPENAI, OPENAI_PRICING, TIKTOKEN_MODELS } from './shared/openai';

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'o200k_base',
	since: '2024-05-13',
	vocabularySize: 200019,
	preTokenizer: CASE_AWARE_PATTERN,
	libraryDifferences: [WHITE_SPACE, LONG_S],
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'ChatGPT', note: 'tiktoken lists chatgpt-4o-latest here, and GPT-5.' },
		{ name: 'GPT-5', contextWindow: 400_000 },
		{ name: 'GPT-4o', contextWindow: 128_000, usable: noLiMa(8_000) },
		{ name: 'GPT-4o mini', contextWindow: 128_000 },
		{ name: 'o1', contextWindow: 200_000 },
		{ name: 'o3', contextWindow: 200_000 },
		{ name: 'o3-mini', contextWindow: 200_000 },
		{ name: 'o4-mini', contextWindow: 200_000 },
		{ name: 'GPT-4.1', contextWindow: 1_047_576 },
		{ name: 'GPT-4.1 mini', contextWindow: 1_047_576 },
		{ name: 'GPT-4.1 nano', contextWindow: 1_047_576 },
		{ name: 'GPT-4.5', contextWindow: 128_000 },
		{ name: 'GPT-5 mini', contextWindow: 400_000 },
		{ name: 'GPT-5 nano', contextWindow: 400_000 },
		{ name: 'GPT-5.1', contextWindow: 400_000 },
		{ name: 'GPT-5.2', contextWindow: 400_000 },
		{ name: 'GPT-5.4', contextWindow: 1_050_000 },
		{ name: 'GPT-5.5', contextWindow: 1_050_000 }
	]),
	prices: pricesFrom(OPENAI_PRICING, '2026-10-14', [
		['GPT-4o', 128_000, 2.5, 10],
		['GPT-4o mini', 128_000, 0.15, 0.6],
		['GPT-4.1', 1_047_576, 2, 8],
		['GPT-4.1 mini', 1_047_576, 0.4, 1.6],
		['GPT-4.1 nano', 1_047_576, 0.1, 0.4],
		['o1', 200_000, 15, 60],
		['o3', 200_000, 2, 8],
		['o4-mini', 200_000, 1.1, 4.4],
		['GPT-5', 400_000, 1.25, 10],
		['GPT-5 mini', 400_000, 0.25, 2],
		['GPT-5 nano', 400_000, 0.05, 0.4],
		['GPT-5.1', 400_000, 1.25, 10],
		['GPT-5.2', 400_000, 1.75, 14]
	])
};

export const vocabulary: VocabularySource = { format: 'js-tiktoken ranks', encoding: 'o200k_base' };
