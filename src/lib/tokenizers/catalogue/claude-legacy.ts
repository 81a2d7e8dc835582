import {
	GENAI_PRICES,
	GPT2_PATTERN,
	modelsFrom,
	page,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const REPOSITORY = 'https://github.com/anthropics/anthropic-tokenizer-typescript';

const ANTHROPIC_PRICES = page(`${GENAI_PRICES}/anthropic.yml`, '2025-06-23');

const RETIRED = stated(
	page('https://platform.claude.com/docs/en/about-claude/model-deprecations', '2026-11-13'),
	{ retired: '2025-07-21' }
);

export const descriptor: TokenizerDescriptor = {
	id: 'claude-legacy',
	since: '2023-03-14',
	family: 'Anthropic',
	vocabularySize: 65000,
	kind: 'byte-level BPE',
	preTokenizer: `NFKC first. ${GPT2_PATTERN}`,
	bos: null,
	licence: {
		name: 'MIT',
		url: `${REPOSITORY}/blob/main/LICENSE`,
		copy: 'mit.txt',
		copyright: 'Copyright 2023 Anthropic, PBC.'
	},
	source: { package: '@anthropic-ai/tokenizer', version: '0.0.4' },
	library: 'js-tiktoken',
	libraryDifferences: [WHITE_SPACE],
	note: 'Older than Claude 2. The tokenizers of Claude 3 and later are not public.',
	models: modelsFrom('Anthropic', page(REPOSITORY, '2026-11-25'), [
		{ name: 'Claude 1' },
		{
			name: 'Claude 2.1',
			...stated(ANTHROPIC_PRICES, { contextWindow: 200_000, price: [8, 24] }),
			...RETIRED
		},
		{
			name: 'Claude 2.0',
			...stated(ANTHROPIC_PRICES, { contextWindow: 100_000, price: [8, 24] }),
			...RETIRED
		}
	])
};

/** The file contains the pre-tokenizer's pattern; the package's code contains the normalizer. */
export const vocabulary: VocabularySource = {
	format: 'tiktoken JSON',
	path: 'claude.json',
	// The package calls JavaScript's `normalize` rather than a library with older Unicode data.
	normalizer: { type: 'NFKC', unicode: 'latest' }
};
