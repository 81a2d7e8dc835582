/** Facts that the descriptors of OpenAI's tokenizers share. */
export const OPENAI = {
	family: 'OpenAI',
	kind: 'byte-level BPE',
	bos: null,
	licence: { name: 'MIT', url: 'https://github.com/openai/tiktoken/blob/main/LICENSE' },
	source: { package: 'js-tiktoken', version: '1.0.21' },
	library: 'js-tiktoken'
} as const;

export const CASE_AWARE_PATTERN =
	'Words split at a change from lower to upper case, with their contraction; numbers of up to three digits';

export const OPENAI_PRICING = 'https://developers.openai.com/api/docs/pricing';
export const OPENAI_LEGACY_PRICING =
	'https://platform.openai.com/docs/deprecations/2023-07-06-gpt-and-embeddings';

/** States the encoding of each model. */
export const TIKTOKEN_MODELS = 'https://github.com/openai/tiktoken/blob/main/tiktoken/model.py';
