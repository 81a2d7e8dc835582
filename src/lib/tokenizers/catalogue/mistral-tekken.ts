import {
	llamaCpp,
	modelsFrom,
	page,
	ruler,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { MISTRAL, MISTRAL_TEMPLATES, mistralPage } from './shared/mistral';

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
				price: [0.15, 0.15],
				retired: '2026-07-31'
			}),
			usable: [ruler(16_384)]
		},
		{
			name: 'Pixtral 12B',
			...stated(mistralPage('pixtral-12b-24-09'), {
				contextWindow: 131_072,
				price: [0.15, 0.15],
				retired: '2025-12-31'
			})
		},
		{
			name: 'Ministral 8B (2410)',
			...stated(mistralPage('ministral-8b-24-1'), {
				contextWindow: 131_072,
				price: [0.1, 0.1],
				retired: '2025-12-31'
			})
		}
	])
};

export const vocabulary: VocabularySource = { format: 'Tekken', path: 'data/tekken/240718.json' };
