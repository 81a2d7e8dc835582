import {
	GENAI_PRICES,
	GPT4_PATTERN,
	modelsFrom,
	pricesFrom,
	ruler,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { LONG_S, WHITE_SPACE } from './shared/library-differences';
import { OPENAI, OPENAI_PRICING, TIKTOKEN_MODELS } from './shared/openai';

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'cl100k_base',
	since: '2022-12-15',
	vocabularySize: 100277,
	preTokenizer: GPT4_PATTERN,
	libraryDifferences: [WHITE_SPACE, LONG_S],
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'GPT-4', contextWindow: 8_192 },
		{ name: 'GPT-4 Turbo', contextWindow: 128_000, usable: ruler(65_536, 'gpt-4-1106-preview') },
		{ name: 'GPT-3.5 Turbo', contextWindow: 16_385 },
		{ name: 'text-embedding-ada-002', contextWindow: 8_192 },
		{ name: 'text-embedding-3-small', contextWindow: 8_192 },
		{ name: 'text-embedding-3-large', contextWindow: 8_192 },
		{ name: 'davinci-002' },
		{ name: 'babbage-002' }
	]),
	prices: [
		...pricesFrom(OPENAI_PRICING, '2026-10-14', [
			['GPT-4 Turbo', 128_000, 10, 30],
			['GPT-4', 8_192, 30, 60]
		]),
		...pricesFrom('https://developers.openai.com/api/docs/models/gpt-3.5-turbo', '2026-10-23', [
			['GPT-3.5 Turbo', 16_385, 0.5, 1.5]
		]),
		...pricesFrom(`${GENAI_PRICES}/openai.yml`, '2025-07-04', [
			['text-embedding-3-small', 8_192, 0.02],
			['text-embedding-3-large', 8_192, 0.13],
			['text-embedding-ada-002', 8_192, 0.1]
		])
	]
};

export const vocabulary: VocabularySource = {
	format: 'js-tiktoken ranks',
	encoding: 'cl100k_base'
};
