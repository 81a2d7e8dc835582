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

const REPORT = page('https://arxiv.org/abs/2412.08905', '2024-12');
const TORCHTUNE = page(
	'https://github.com/pytorch/torchtune/blob/bd2a0fc7c31430972728494fa01aaeeb0ebf1ba1/torchtune/models/phi4/_model_builders.py',
	'2026-04-23'
);

/**
 * Names by id, from torchtune's `torchtune/models/phi4/_tokenizer.py`. All other ids from 100,256 to 100,351 are
 * dummies.
 */
const NAMES: Readonly<Record<number, string>> = {
	100257: '<|endoftext|>',
	100258: '<|fim_prefix|>',
	100259: '<|fim_middle|>',
	100260: '<|fim_suffix|>',
	100264: '<|im_start|>',
	100265: '<|im_end|>',
	100266: '<|im_sep|>',
	100276: '<|endofprompt|>'
};

/* @__NO_SIDE_EFFECTS__ */
function specialTokens(): Record<string, number> {
	const tokens: Record<string, number> = {};
	let dummies = 0;
	for (let id = 100256; id < 100352; id++) tokens[NAMES[id] ?? `<|dummy_${dummies++}|>`] = id;
	return tokens;
}

export const descriptor: TokenizerDescriptor = {
	id: 'phi4',
	since: '2024-12-12',
	family: 'Microsoft',
	vocabularySize: 100352,
	kind: 'byte-level BPE',
	preTokenizer: GPT4_PATTERN,
	bos: null,
	licence: {
		name: 'MIT',
		url: 'https://huggingface.co/microsoft/phi-4/blob/main/LICENSE',
		copy: 'mit.txt',
		copyright: 'Copyright (c) Microsoft Corporation.'
	},
	source: { package: 'js-tiktoken', version: '1.0.21' },
	parent: 'cl100k_base',
	library: 'js-tiktoken',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	note: 'The tokens of cl100k_base with other special tokens.',
	chatTemplate: { absent: 'No package that could be read carries it.' },
	models: modelsFrom('Microsoft', REPORT, [
		{
			name: 'Phi-4',
			...stated(REPORT, { released: '2024-12-12', embeddingRows: 100_352 }),
			...stated(TORCHTUNE, { contextWindow: 16_384 })
		}
	])
};

export const vocabulary: VocabularySource = {
	format: 'js-tiktoken ranks',
	encoding: 'cl100k_base',
	specialTokens: specialTokens(),
	stripsSpace: true
};
