import {
	modelsFrom,
	page,
	stated,
	type TokenizerDescriptor,
	type VocabularySource,
	llamaCpp
} from './shared/descriptor';
import { WHITE_SPACE } from './shared/library-differences';
import { MISTRAL, MISTRAL_TEMPLATES } from './shared/mistral';

const MISTRAL_DOCS =
	'https://github.com/mistralai/platform-docs-public/blob/main/src/schema/models/models';

export const descriptor: TokenizerDescriptor = {
	...MISTRAL,
	id: 'mistral-tekken',
	since: '2024-07-18',
	vocabularySize: 131072,
	kind: 'byte-level BPE',
	preTokenizer: 'Words split at a change from lower to upper case; numbers digit by digit',
	library: 'js-tiktoken',
	libraryDifferences: [WHITE_SPACE],
	chatTemplate: {
		file: 'mistral-tekken.jinja',
		model: 'Mistral Nemo',
		eos: '</s>',
		...llamaCpp('mistralai-Mistral-Nemo-Instruct-2407')
	},
	models: modelsFrom('Mistral AI', MISTRAL_TEMPLATES, [
		{
			name: 'Mistral Nemo',
			...stated(page('https://docs.mistral.ai/models/mistral-nemo-12b-24-07.md', '2026-05-22'), {
				contextWindow: 131_072,
				price: [0.15, 0.15]
			})
		},
		{
			name: 'Pixtral 12B',
			...stated(page(`${MISTRAL_DOCS}/pixtral-12b-24-09.ts`, '2025-12-02'), {
				contextWindow: 131_072,
				price: [0.15, 0.15]
			})
		},
		{
			name: 'Ministral 8B (2410)',
			...stated(page(`${MISTRAL_DOCS}/ministral-8b-24-1.ts`, '2026-08-24'), {
				contextWindow: 131_072,
				price: [0.1, 0.1]
			})
		}
	])
};

export const vocabulary: VocabularySource = { format: 'Tekken', path: 'data/tekken/240718.json' };
