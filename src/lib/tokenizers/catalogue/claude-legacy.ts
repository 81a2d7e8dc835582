import {
	GENAI_PRICES,
	GPT2_PATTERN,
	modelsFrom,
	pricesFrom,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { WHITE_SPACE } from './shared/library-differences';

const REPOSITORY = 'https://github.com/anthropics/anthropic-tokenizer-typescript';

export const descriptor: TokenizerDescriptor = {
	id: 'claude-legacy',
	since: '2023-03-14',
	family: 'Anthropic',
	vocabularySize: 65000,
	kind: 'byte-level BPE',
	preTokenizer: `NFKC first. ${GPT2_PATTERN}`,
	bos: null,
	licence: { name: 'MIT', url: `${REPOSITORY}/blob/main/LICENSE` },
	source: { package: '@anthropic-ai/tokenizer', version: '0.0.4' },
	library: 'js-tiktoken',
	libraryDifferences: [WHITE_SPACE],
	note: 'Published for Claude 2. The tokenizers of later Claude models are not public.',
	models: modelsFrom('Anthropic', REPOSITORY, [
		{ name: 'Claude 1' },
		{ name: 'Claude 2.0', contextWindow: 100_000 },
		{ name: 'Claude 2.1', contextWindow: 200_000 }
	]),
	prices: pricesFrom(`${GENAI_PRICES}/anthropic.yml`, '2025-06-23', [
		['Claude 2.1', 200_000, 8, 24],
		['Claude 2.0', 100_000, 8, 24]
	])
};

export const vocabulary: VocabularySource = {
	format: 'tiktoken JSON',
	path: 'claude.json',
	// The package calls JavaScript's normalize, not a library with an older Unicode.
	normalizer: { type: 'NFKC', unicode: 'latest' }
};
