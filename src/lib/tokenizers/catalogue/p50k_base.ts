import {
	GPT2_PATTERN,
	modelsFrom,
	page,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { GPT3_RETIRED, OPENAI, OPENAI_LEGACY_PRICING, TIKTOKEN_MODELS } from './shared/openai';

const LANGCHAIN = page(
	'https://github.com/langchain-ai/langchain/blob/master/libs/partners/openai/langchain_openai/llms/base.py',
	'2026-11'
);

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
		...['text-davinci-003', 'text-davinci-002'].map((name) => ({
			name,
			...GPT3_RETIRED,
			...stated(OPENAI_LEGACY_PRICING, { price: [20, 20] }),
			...stated(LANGCHAIN, { contextWindow: 4_097 })
		})),
		{ name: 'Codex (code-davinci-002)' },
		{ name: 'Codex (code-cushman-001)' }
	])
};

export const vocabulary: VocabularySource = { format: 'js-tiktoken ranks', encoding: 'p50k_base' };
