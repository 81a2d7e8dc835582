import { page, stated } from './descriptor';

export const OPENAI = {
	family: 'OpenAI',
	kind: 'byte-level BPE',
	bos: null,
	licence: {
		name: 'MIT',
		url: 'https://github.com/openai/tiktoken/blob/main/LICENSE',
		copy: 'mit.txt',
		copyright: 'Copyright (c) 2022 OpenAI, Shantanu Jain'
	},
	source: { package: 'js-tiktoken', version: '1.0.21' },
	library: 'js-tiktoken'
} as const;

export const CASE_AWARE_PATTERN =
	'Words split at a change from lower to upper case, with their contraction; numbers of up to three digits';

export const OPENAI_PRICING = page('https://developers.openai.com/api/docs/pricing', '2026-10-14');
/** Source for GPT-3's last prices and shutdown date. */
export const OPENAI_LEGACY_PRICING = page(
	'https://platform.openai.com/docs/deprecations/2023-07-06-gpt-and-embeddings',
	'2023-07-06'
);

/** Lists context windows and dated snapshots of each model. A model's release date is that of its first snapshot. */
export const GPT_TOKENIZER = page(
	'https://github.com/niieani/gpt-tokenizer/blob/main/src/models.gen.ts',
	'2026-08-16'
);

export const GPT3_RETIRED = stated(OPENAI_LEGACY_PRICING, { retired: '2024-01-04' });

/** Lists the encoding for each model. */
export const TIKTOKEN_MODELS = page(
	'https://github.com/openai/tiktoken/blob/main/tiktoken/model.py',
	'2026-08-16'
);
