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

/** Checks that files of trained tokenizers give the same ids in the programs that read them. */

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
/** Without a pattern, whole sentences would become tokens, so a short corpus is enough. */
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
const PLAIN = [ENGLISH.slice(0, 3000), 'human  rights\n\n and freedoms   ', ...LINES];
const KNOWN = [...PLAIN, 'a<|end|>b'];

type Encode = (text: string) => readonly number[] | Promise<readonly number[]>;
const encodeBy = (spec: TokenizerSpec, special: 'text' | 'parse' = 'parse'): Encode => {
	const tokenizer = createTokenizer(spec);
	return (text) => [...tokenizer.encode(text, { special }).ids];
};
const encodeNatively =
	(native: { encode(text: string): Promise<{ getIds(): number[] }> }): Encode =>
	async (text) =>
		(await native.encode(text)).getIds();

async function expectSame(inputs: readonly string[], expected: Encode, ...others: Encode[]) {
	for (const input of inputs) {
		const ids = await expected(input);
		for (const encode of others) expect(await encode(input), JSON.stringify(input)).toEqual(ids);
	}
}

const folder = scratchFolder();

describe.each(PATTERNS)('%j: tokenizer.json gives the same ids', (pattern) => {
	it.each(['observed', 'bytes'] as const)('in native tokenizers, %s', async (alphabet) => {
		const spec = specFor(pattern, alphabet);
		const text = tokenizerJsonText(spec);
		const native = encodeNatively(Tokenizer.fromString(text));
		const again = encodeBy(parseTokenizerJson(JSON.parse(text)));
		await expectSame([...KNOWN, ...RANDOM], native, encodeBy(spec), again);
	});

	it('in transformers.js, for text of the alphabet', async () => {
		const spec = specFor(pattern);
		const library = new PreTrainedTokenizer(JSON.parse(tokenizerJsonText(spec)), {});
		const inputs = pattern === 'none' ? KNOWN.slice(0, 2) : KNOWN;
		await expectSame(inputs, (text) => library.encode(text), encodeBy(spec));
	});
});

describe('.tiktoken', () => {
	it.each(['gpt2', 'cl100k', 'o200k', 'qwen2'] as const)(
		'%s: gives the same ids in native tiktoken',
		async (pattern) => {
			const spec = specFor(pattern, 'bytes');
			const special_tokens = Object.fromEntries(
				spec.added_tokens.map(({ content, id }) => [content, id] as const)
			);
			const bpe_ranks = writeTiktoken(spec);
			const pat_str = patternRegex(pattern) ?? '';
			const compact = `! 0 ${bpe_ranks.trimEnd().replaceAll(/ .*\n/g, ' ').replace(/ \d+$/, '')}`;
			const reference = new Tiktoken(compact, special_tokens, pat_str);
			const again = encodeBy(specFromTiktoken({ bpe_ranks, pat_str, special_tokens }));
			const native: Encode = (text) => [...reference.encode(text, 'all')];
			await expectSame([...KNOWN, ...RANDOM], native, encodeBy(spec), again);
			reference.free();
		}
	);

	it('holds an observed alphabet after its special tokens, for text of the alphabet', async () => {
		const spec = specFor('gpt2');
		const again = encodeBy(
			specFromTiktoken({
				bpe_ranks: writeTiktoken(spec),
				pat_str: patternRegex('gpt2') ?? '',
				special_tokens: { '<|end|>': 0, '<pad>': 1 }
			})
		);
		await expectSame(KNOWN, encodeBy(spec), again);
		expect(() => again('\u{10ffff}')).toThrow('have no token');
	});
});

it.each(['observed', 'bytes'] as const)(
	'vocab.json and merges.txt give the same ids in native tokenizers with the same pattern, %s',
	async (alphabet) => {
		const spec = specFor('gpt2', alphabet);
		const files = writeVocabAndMerges(spec);
		const [vocab, merges] = [join(folder, 'vocab.json'), join(folder, 'merges.txt')];
		writeFileSync(vocab, files.vocab);
		writeFileSync(merges, files.merges);
		const native = new Tokenizer(await BPE.fromFile(vocab, merges));
		native.setPreTokenizer(byteLevelPreTokenizer(false, true));
		await expectSame([...PLAIN, ...RANDOM], encodeNatively(native), encodeBy(spec, 'text'));
		expect(native.tokenToId('<pad>')).toBe(spec.added_tokens[1].id);
	}
);
