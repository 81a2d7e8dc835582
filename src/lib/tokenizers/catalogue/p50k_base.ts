import {
	GPT2_PATTERN,
	modelsFrom,
	stated,
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
		{
			name: 'text-davinci-003',
			...stated(OPENAI_LEGACY_PRICING, { contextWindow: 4_096, price: [20, 20] })
		},
		{
			name: 'text-davinci-002',
			...stated(OPENAI_LEGACY_PRICING, { contextWindow: 4_096, price: [20, 20] })
		},
		{ name: 'Codex (code-davinci-002)' },
		{ name: 'Codex (code-cushman-001)' }
	])
};

export const vocabulary: VocabularySource = { format: 'js-tiktoken ranks', encoding: 'p50k_base' };
