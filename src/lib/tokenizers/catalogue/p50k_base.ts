import {
	GPT2_PATTERN,
	modelsFrom,
	pricesFrom,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { WHITE_SPACE } from './shared/library-differences';
import { OPENAI, OPENAI_LEGACY_PRICING, TIKTOKEN_MODELS } from './shared/openai';

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'p50k_base',
	parent: 'gpt2',
	since: '2021-08-10',
	vocabularySize: 50281,
	preTokenizer: GPT2_PATTERN,
	note: 'gpt2 with 24 tokens for runs of spaces, made for code.',
	libraryDifferences: [WHITE_SPACE],
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'text-davinci-002', contextWindow: 4_096 },
		{ name: 'text-davinci-003', contextWindow: 4_096 },
		{ name: 'Codex (code-davinci-002)', contextWindow: 8_001 },
		{ name: 'Codex (code-cushman-001)' }
	]),
	prices: pricesFrom(OPENAI_LEGACY_PRICING, '2023-07-06', [
		['text-davinci-003', 4_096, 20, 20],
		['text-davinci-002', 4_096, 20, 20]
	])
};

export const vocabulary: VocabularySource = { format: 'js-tiktoken ranks', encoding: 'p50k_base' };
