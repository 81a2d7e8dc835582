import {
	modelsFrom,
	SENTENCEPIECE_PATTERN,
	unpriced,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

export const descriptor: TokenizerDescriptor = {
	id: 'llama2',
	since: '2023-02-24',
	family: 'Meta',
	vocabularySize: 32000,
	kind: 'SentencePiece BPE',
	preTokenizer: SENTENCEPIECE_PATTERN,
	bos: '<s>',
	licence: { name: 'Llama 2 Community License', url: 'https://ai.meta.com/llama/license/' },
	source: { package: 'llama-tokenizer-js', version: '1.2.2' },
	library: 'transformers.js',
	libraryDifferences: [],
	models: [
		...modelsFrom('Meta', 'https://arxiv.org/abs/2307.09288', [
			{ name: 'LLaMA' },
			{ name: 'Llama 2', contextWindow: 4_096 }
		]),
		...modelsFrom('Meta', 'https://arxiv.org/abs/2308.12950', [
			{
				name: 'Code Llama',
				note: 'Llama 2 plus four special tokens for filling in the middle.',
				contextWindow: 16_384
			}
		])
	],
	prices: [
		unpriced('Llama 2', 4_096, 'https://github.com/meta-llama/llama-models/blob/main/README.md')
	]
};

export const vocabulary: VocabularySource = { format: 'llama-tokenizer-js' };
