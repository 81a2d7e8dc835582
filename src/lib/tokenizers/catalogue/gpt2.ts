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

export const descriptor: TokenizerDescriptor = {
	...OPENAI,
	id: 'gpt2',
	aliases: ['r50k_base'],
	since: '2019-02-14',
	vocabularySize: 50257,
	preTokenizer: GPT2_PATTERN,
	note: 'Later named r50k_base.',
	libraryDifferences: [WHITE_SPACE],
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{
			name: 'GPT-2',
			...stated(page('https://github.com/openai/gpt-2/blob/master/src/model.py', '2026-11-25'), {
				contextWindow: 1_024
			})
		},
		{
			name: 'GPT-3 (davinci)',
			...stated(OPENAI_LEGACY_PRICING, { contextWindow: 2_049, price: [20, 20] }),
			...GPT3_RETIRED
		},
		{ name: 'GPT-3 (curie, babbage, ada)' },
		{ name: 'text-davinci-001' }
	])
};

export const vocabulary: VocabularySource = { format: 'js-tiktoken ranks', encoding: 'gpt2' };
