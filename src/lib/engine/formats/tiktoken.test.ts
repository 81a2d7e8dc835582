import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../pipeline/create-tokenizer';
import { specFromTiktoken } from './tiktoken';

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));
const words = ['he', 'll', 'hell', 'lo', 'o ', 'hello'];
const ranks = (text: string, special_tokens = {}) => ({
	bpe_ranks: text,
	pat_str: '\\p{L}+ ?|\\P{L}+',
	special_tokens
});
const compact = `! 0 ${[...bytes, ...words].map(base64).join(' ')}`;
const lines = [...bytes, ...words].map((token, rank) => `${base64(token)} ${rank}`).join('\n');

const { Tiktoken } = createRequire(import.meta.url)('tiktoken');

describe('the pattern follows the rules of Rust', () => {
	it.each([
		['\\p{L}+', 'ab, cd! hello'],
		['\\w+', 'a² \u200d½'],
		['o .|^h|lo$', 'hello o \nlo\nh lo'],
		['(?:he|l){1,2}+l?', 'hellollll'],
		['l{1,2}+lo|.', 'hello'],
		['(?i:h)\\p{L}++|\\s++$|\\s', 'Hello  \n ']
	])('%s gives the ids of tiktoken', (pat_str, text) => {
		const native = new Tiktoken(lines, {}, pat_str);
		const ours = createTokenizer(specFromTiktoken({ ...ranks(lines), pat_str }));
		expect([...ours.encode(text).ids]).toEqual([...native.encode_ordinary(text)]);
		native.free();
	});

	it('keeps a pattern that means the same in tokenizer.json, and refuses what it cannot read', () => {
		const { pre_tokenizer } = specFromTiktoken(ranks(lines));
		expect(JSON.stringify(pre_tokenizer)).toContain(JSON.stringify({ Regex: '\\p{L}+ ?|\\P{L}+' }));
		expect(() => specFromTiktoken({ ...ranks(lines), pat_str: '(a)\\1' })).toThrow(
			/^regular expression "[^\n]*: \\1 isn't supported; write it differently/
		);
	});
});

describe('tiktoken ranks', () => {
	it('reads both formats', () => {
		expect(specFromTiktoken(ranks(compact))).toEqual(specFromTiktoken(ranks(`${lines}\n`)));
	});

	it('encodes a pre-token that is a token as that token, and merges others by rank', () => {
		const tokenizer = createTokenizer(specFromTiktoken(ranks(compact)));
		expect([...tokenizer.encode('hello').ids]).toEqual([261]);
		expect([...tokenizer.encode('hello hell').ids]).toEqual([258, 260, 258]);
	});

	it('adds an offset to ranks, not to special tokens', () => {
		const spec = specFromTiktoken(ranks(compact, { '<s>': 1 }), { offset: 10 });
		const tokenizer = createTokenizer(spec);
		expect([...tokenizer.encode('a<s>', { special: 'parse' }).ids]).toEqual([97 + 10, 1]);
		expect([...tokenizer.encode('<s>').ids]).toEqual([60 + 10, 115 + 10, 62 + 10]);
	});

	it.each([
		['no base64', '! 0 %%%%', 'ranks line 1: got "%%%%", expected base64'],
		['a truncated token', 'YQ', 'ranks line 1: got 1 word, expected a token and its rank'],
		['no number', 'YQ== x', 'ranks line 1: got rank "x", expected a whole number from 0 to'],
		['an absurd rank', 'YQ== 99999999999', 'ranks line 1: got rank 99999999999'],
		['a rank twice', 'YQ== 0\nYg== 0', 'ranks line 2: got rank 0 again, expected'],
		['nothing', '', 'got no ranks']
	])('refuses %s', (_, text, message) => {
		expect(() => specFromTiktoken(ranks(text))).toThrow(message);
	});

	it('refuses special tokens whose ids are invalid', () => {
		expect(() => specFromTiktoken(ranks(compact, { '<s>': -1 }))).toThrow(
			'special_tokens["<s>"]: got -1'
		);
	});
});
