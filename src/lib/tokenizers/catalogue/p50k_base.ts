import { GPT2_PATTERN, modelsFrom, pricesFrom, type TokenizerDescriptor } from './descriptor';
import { WHITE_SPACE } from './library-differences';
import { OPENAI, OPENAI_LEGACY_PRICING, TIKTOKEN_MODELS } from './openai';

export const p50kBase: TokenizerDescriptor = {
	...OPENAI,
	id: 'p50k_base',
	vocabularySize: 50281,
	preTokenizer: GPT2_PATTERN,
	note: 'gpt2 with 24 tokens for runs of spaces, made for code.',
	vocabulary: { format: 'js-tiktoken ranks', encoding: 'p50k_base' },
	libraryDifferences: [WHITE_SPACE],
	oracle: { file: 'p50k_base.json', special: 'text' },
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
