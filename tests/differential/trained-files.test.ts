import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import { describe, expect, it } from 'vitest';
import {
	createTokenizer,
	parseTokenizerJson,
	specFromTiktoken,
	tokenizerJsonText,
	writeTiktoken,
	writeVocabAndMerges,
	type TokenizerSpec
} from '../../src/lib/engine';
import { patternRegex, trainedSpec, type TrainingRules } from '../../src/lib/engine/train';
import { declarationText } from '../support/declarations';
import { randomTexts, SEED } from '../support/random-texts';
import { scratchFolder } from '../support/scratch-folder';
import { sized } from '../support/size';
import { trainOn } from '../support/training';

/** Files of trained tokenizers give the same ids in the programs that read them. */

const require = createRequire(import.meta.url);
const { Tokenizer, BPE, byteLevelPreTokenizer } = require('tokenizers');
const { Tiktoken } = require('tiktoken');

const [ENGLISH, GERMAN, CHINESE] = ['eng', 'deu_1996', 'cmn_hans'].map(
	(code) => declarationText(code) ?? ''
);
const CORPUS = `${ENGLISH}\n${GERMAN}\n${CHINESE}`;

const RULES: Partial<TrainingRules> = { vocabularySize: 1500, specialTokens: ['<|end|>', '<pad>'] };
const PATTERNS: readonly TrainingRules['pattern'][] = [
	'gpt2',
	'cl100k',
	'o200k',
	'llama3',
	'qwen2',
	'none',
	{ regex: '[^\\s]+|\\s' }
];
const name = (pattern: TrainingRules['pattern']) =>
	typeof pattern === 'string' ? pattern : pattern.regex;
/** Without a pattern, a corpus of sentences would make tokens of sentences. */
const corpusFor = (pattern: TrainingRules['pattern']) =>
	pattern === 'none' ? ENGLISH.slice(0, 4000) : CORPUS;
const specs = new Map<string, TokenizerSpec>();
function specFor(
	pattern: TrainingRules['pattern'],
	alphabet: TrainingRules['alphabet'] = 'observed'
): TokenizerSpec {
	const key = JSON.stringify([pattern, alphabet]);
	const rules = { ...RULES, pattern, alphabet };
	const spec = specs.get(key) ?? trainedSpec(trainOn(corpusFor(pattern), rules));
	specs.set(key, spec);
	return spec;
}

const RANDOM = randomTexts(SEED, sized(50, 200)).map((text) => text.toWellFormed());
const LINES = CORPUS.split('\n').filter((_, i) => i % sized(21, 7) === 0);
const KNOWN = [ENGLISH.slice(0, 3000), 'human  rights\n\n and freedoms   ', ...LINES];

const folder = scratchFolder();

describe.each(PATTERNS.map((pattern) => ({ pattern, name: name(pattern) })))(
	'$name: tokenizer.json gives the same ids',
	({ pattern }) => {
		it.each(['observed', 'bytes'] as const)('in native tokenizers, %s', async (alphabet) => {
			const spec = specFor(pattern, alphabet);
			const text = tokenizerJsonText(spec);
			const native = Tokenizer.fromString(text);
			const ours = createTokenizer(spec);
			const again = createTokenizer(parseTokenizerJson(JSON.parse(text)));
			for (const input of [...KNOWN, ...RANDOM, 'a<|end|>b']) {
				const expected = (await native.encode(input)).getIds();
				const { ids } = ours.encode(input, { special: 'parse' });
				expect([...ids], JSON.stringify(input)).toEqual(expected);
				expect([...again.encode(input, { special: 'parse' }).ids]).toEqual(expected);
			}
		});

		it('in transformers.js, for text of the alphabet', () => {
			const spec = specFor(pattern);
			const library = new PreTrainedTokenizer(JSON.parse(tokenizerJsonText(spec)), {});
			const ours = createTokenizer(spec);
			const inputs = pattern === 'none' ? KNOWN.slice(0, 2) : [...KNOWN, 'a<|end|>b'];
			for (const input of inputs) {
				const { ids } = ours.encode(input, { special: 'parse' });
				expect([...ids], JSON.stringify(input)).toEqual(library.encode(input));
			}
		});
	}
);

describe('.tiktoken', () => {
	it.each(['gpt2', 'cl100k', 'o200k', 'qwen2'] as const)(
		'%s: gives the same ids in native tiktoken',
		(pattern) => {
			const spec = specFor(pattern, 'bytes');
			const special = Object.fromEntries(
				spec.added_tokens.map(({ content, id }) => [content, id] as const)
			);
			const ranks = writeTiktoken(spec);
			const compact = `! 0 ${ranks
				.trimEnd()
				.split('\n')
				.map((line) => line.split(' ')[0])
				.join(' ')}`;
			const reference = new Tiktoken(compact, special, patternRegex(pattern));
			const ours = createTokenizer(spec);
			const again = createTokenizer(
				specFromTiktoken({
					bpe_ranks: ranks,
					pat_str: patternRegex(pattern) ?? '',
					special_tokens: special
				})
			);
			for (const input of [...KNOWN, ...RANDOM, 'a<|end|>b']) {
				const ids = [...ours.encode(input, { special: 'parse' }).ids];
				expect(ids, JSON.stringify(input)).toEqual([...reference.encode(input, 'all')]);
				expect([...again.encode(input, { special: 'parse' }).ids]).toEqual(ids);
			}
			reference.free();
		}
	);

	it('holds an observed alphabet after its special tokens, for text of the alphabet', () => {
		const spec = specFor('gpt2');
		const read = specFromTiktoken({
			bpe_ranks: writeTiktoken(spec),
			pat_str: patternRegex('gpt2') ?? '',
			special_tokens: { '<|end|>': 0, '<pad>': 1 }
		});
		const [ours, again] = [createTokenizer(spec), createTokenizer(read)];
		for (const input of [...KNOWN, 'a<|end|>b']) {
			const { ids } = ours.encode(input, { special: 'parse' });
			expect(again.encode(input, { special: 'parse' }).ids).toEqual(ids);
		}
		expect(() => again.encode('\u{10ffff}')).toThrow('have no token');
	});
});

describe('vocab.json and merges.txt', () => {
	it.each(['observed', 'bytes'] as const)(
		'give the same ids in native tokenizers with the same pattern, %s',
		async (alphabet) => {
			const spec = specFor('gpt2', alphabet);
			const { vocab, merges } = writeVocabAndMerges(spec);
			const [vocabFile, mergesFile] = [join(folder, 'vocab.json'), join(folder, 'merges.txt')];
			writeFileSync(vocabFile, vocab);
			writeFileSync(mergesFile, merges);
			const native = new Tokenizer(await BPE.fromFile(vocabFile, mergesFile));
			native.setPreTokenizer(byteLevelPreTokenizer(false, true));
			const ours = createTokenizer(spec);
			for (const input of [...KNOWN, ...RANDOM]) {
				const expected = (await native.encode(input)).getIds();
				expect([...ours.encode(input).ids], JSON.stringify(input)).toEqual(expected);
			}
			expect(native.tokenToId('<pad>')).toBe(spec.added_tokens[1].id);
		}
	);
});
