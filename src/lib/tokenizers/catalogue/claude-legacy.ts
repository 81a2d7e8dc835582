import {
	GENAI_PRICES,
	GPT2_PATTERN,
	modelsFrom,
	page,
	stated,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { WHITE_SPACE } from './shared/library-differences';

const REPOSITORY = 'https://github.com/anthropics/anthropic-tokenizer-typescript';

const ANTHROPIC_PRICES = page(`${GENAI_PRICES}/anthropic.yml`, '2025-06-23');

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
	models: modelsFrom('Anthropic', page(REPOSITORY, '2026-11-25'), [
		{ name: 'Claude 1' },
		{ name: 'Claude 2.1', ...stated(ANTHROPIC_PRICES, { contextWindow: 200_000, price: [8, 24] }) },
		{ name: 'Claude 2.0', ...stated(ANTHROPIC_PRICES, { contextWindow: 100_000, price: [8, 24] }) }
	])
};

export const vocabulary: VocabularySource = {
	format: 'tiktoken JSON',
	path: 'claude.json',
	// The package calls JavaScript's normalize, not a library with an older Unicode.
	normalizer: { type: 'NFKC', unicode: 'latest' }
};
