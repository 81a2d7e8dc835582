import {
	GPT2_PATTERN,
	modelsFrom,
	pricesFrom,
	unpriced,
	type TokenizerDescriptor
} from './descriptor';
import { WHITE_SPACE } from './library-differences';
import { OPENAI, OPENAI_LEGACY_PRICING, TIKTOKEN_MODELS } from './openai';

export const gpt2: TokenizerDescriptor = {
	...OPENAI,
	id: 'gpt2',
	aliases: ['r50k_base'],
	vocabularySize: 50257,
	preTokenizer: GPT2_PATTERN,
	note: 'Later named r50k_base.',
	vocabulary: { format: 'js-tiktoken ranks', encoding: 'gpt2' },
	libraryDifferences: [WHITE_SPACE],
	oracle: { file: 'gpt2.json', special: 'text' },
	models: modelsFrom('OpenAI', TIKTOKEN_MODELS, [
		{ name: 'GPT-2', contextWindow: 1_024 },
		{ name: 'GPT-3 (davinci)', contextWindow: 2_049 },
		{ name: 'GPT-3 (curie, babbage, ada)', contextWindow: 2_049 },
		{ name: 'text-davinci-001' }
	]),
	prices: [
		...pricesFrom(OPENAI_LEGACY_PRICING, '2023-07-06', [['GPT-3 (davinci)', 2_049, 20, 20]]),
		unpriced('GPT-2', 1_024, 'https://github.com/openai/gpt-2/blob/master/src/model.py')
	]
};
