import { o200kPattern } from '../../engine/stages';
import {
	LONG_S,
	modelsFrom,
	noLiMa,
	page,
	stated,
	transformers,
	WHITE_SPACE,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';
import { CASE_AWARE_PATTERN } from './shared/openai';

const MODEL_CARD = page(
	'https://github.com/meta-llama/llama-models/blob/a9c89c471f793423afd4cc3ca8671d6e56fe64cb/models/llama4/MODEL_CARD.md',
	'2025-07-15'
);

export const descriptor: TokenizerDescriptor = {
	id: 'llama4',
	since: '2025-04-05',
	family: 'Meta',
	vocabularySize: 202048,
	kind: 'byte-level BPE',
	preTokenizer: CASE_AWARE_PATTERN,
	bos: '<|begin_of_text|>',
	licence: {
		name: 'Llama 4 Community License',
		url: 'https://github.com/meta-llama/llama-models/blob/a9c89c471f793423afd4cc3ca8671d6e56fe64cb/models/llama4/LICENSE',
		copy: 'llama4.txt',
		note:
			'Its use policy grants people and companies in the EU no rights in the multimodal models, which all Llama 4 models ' +
			'are. Whether that covers the tokenizer alone is not settled.'
	},
	source: { registry: 'PyPI', package: 'llama-models', version: '0.3.0' },
	library: 'js-tiktoken',
	libraryDifferences: [WHITE_SPACE, LONG_S],
	chatTemplate: {
		absent:
			'Meta publishes none as a file. It describes the format in prompt_format.md, next to the vocabulary.'
	},
	models: modelsFrom(
		'Meta',
		page(
			'https://github.com/meta-llama/llama-models/blob/a9c89c471f793423afd4cc3ca8671d6e56fe64cb/models/llama4/tokenizer.py',
			'2025-07-15'
		),
		[
			{
				name: 'Llama 4 Scout',
				...stated(MODEL_CARD, { released: '2025-04-05', contextWindow: 10_485_760 }),
				...stated(transformers('llama4'), { embeddingRows: 202_048 }),
				usable: [noLiMa(1_000)]
			},
			{
				name: 'Llama 4 Maverick',
				...stated(MODEL_CARD, { released: '2025-04-05', contextWindow: 1_048_576 }),
				usable: [noLiMa(2_000)]
			}
		]
	)
};

/** `<|<part>reserved_special_token_<number>|>`, numbered from `first`. */
const reserved = (part: string, first: number, count: number) =>
	Array.from({ length: count }, (_, i) => `<|${part}reserved_special_token_${first + i}|>`);

/** All 2,048 special tokens, in the order of Meta's `models/llama4/tokenizer.py`. */
const specialTokens = /* @__NO_SIDE_EFFECTS__ */ () => [
	...['<|begin_of_text|>', '<|end_of_text|>', '<|fim_prefix|>', '<|fim_middle|>', '<|fim_suffix|>'],
	...['<|header_start|>', '<|header_end|>', '<|eom|>', '<|eot|>', '<|step|>'],
	...reserved('text_post_train_', 0, 6),
	...['<|python_start|>', '<|python_end|>', '<|finetune_right_pad|>'],
	...reserved('text_post_train_', 8, 61),
	...['<|image_start|>', '<|image_end|>', ...reserved('vision_', 0, 2)],
	...['<|tile_x_separator|>', '<|tile_y_separator|>', ...reserved('vision_', 2, 4)],
	...['<|image|>', ...reserved('vision_', 6, 1), '<|patch|>'],
	...reserved('vision_', 7, 1041),
	...reserved('reasoning_', 0, 8),
	...['<|reasoning_thinking_start|>', '<|reasoning_thinking_end|>'],
	...reserved('', 0, 904)
];

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'llama_models-0.3.0-py3-none-any.whl',
	archiveSha256: '7f77f78ff13fca09f70d76a376aff6414cd901623fb9d57e69c2f8367a73032f',
	path: 'models/llama4/tokenizer.model',
	sha256: 'd0bdbaf59b0762c8c807617e2d8ea51420eb1b1de266df2495be755c8e0ed6ed',
	reads: { format: 'tiktoken ranks', pattern: o200kPattern(), specialTokens: specialTokens() }
};
