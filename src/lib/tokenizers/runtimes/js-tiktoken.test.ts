import { beforeAll, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../../tests/support/small-specs';
import { specFromTiktoken, TokenKind } from '../../engine';
import { JsTiktoken } from './js-tiktoken';
import { RuntimeLimitError } from './align';

let small: JsTiktoken;
let cl100k: JsTiktoken;

beforeAll(() => {
	small = new JsTiktoken(smallRanks());
	cl100k = new JsTiktoken(packedSpec('cl100k_base'));
});

it('reads special tokens as text unless they are parsed', () => {
	const asText = small.encode('a<|end|>');
	expect([...asText.ids]).toEqual([...'a<|end|>'].map((char) => char.charCodeAt(0)));
	const parsed = small.encode('a<|end|>', { special: 'parse' });
	expect([...parsed.ids]).toEqual([97, 300]);
	expect([...(parsed.kinds ?? [])]).toEqual([TokenKind.ordinary, TokenKind.special]);
});

it('counts a lone surrogate as U+FFFD, and decodes ids with or without special tokens', () => {
	expect([...small.encode('\ud800').ids]).toEqual([0xef, 0xbf, 0xbd]);
	expect(small.decode([261, 300, 33])).toBe('hello<|end|>!');
	expect(small.decode([261, 300, 33], { skipSpecial: true })).toBe('hello!');
});

it('refuses a pre-token that is too long, with its length', () => {
	const attempt = () => cl100k.encode(`before ${'a'.repeat(20_000)} after`);
	expect(attempt).toThrow(RuntimeLimitError);
	// A pre-token includes the space before its word.
	expect(attempt).toThrow(
		'js-tiktoken gave up: " aaaaaaaaaaa…" is a pre-token of 20,001 characters, expected at most 4,096, because its time grows with the square of the length. Try text with line breaks.'
	);
});

it('encodes a pre-token of exactly the limit', () => {
	expect(small.encode('1'.repeat(4096)).ids).toHaveLength(4096);
	expect(small.encode(`${'1'.repeat(4096)},1`).ids).toHaveLength(4098);
	expect(() => small.encode('1'.repeat(4097))).toThrow(RuntimeLimitError);
	expect(() => cl100k.encode('漢'.repeat(4097))).toThrow(RuntimeLimitError);
	expect(() => cl100k.encode(`${' '.repeat(5000)}x`)).toThrow('a pre-token of 4,999 characters');
});

it('encodes long texts with spaces or punctuation', () => {
	const prose = 'The quick brown fox jumps over the lazy dog.\n'.repeat(1000);
	expect(cl100k.encode(prose).ids).toHaveLength(10_000);
	const list = 'token,'.repeat(2000);
	expect(cl100k.encode(list).ids).toHaveLength(4000);
});

it('checks the normalized text for long pre-tokens', () => {
	const spec = { ...smallRanks('\\p{L}+|[^\\p{L}]'), normalizer: { type: 'NFKC' } as const };
	// ﷺ (one character) becomes 18 characters, some of them spaces; ㋿ becomes two letters.
	expect(() => new JsTiktoken(spec).encode('㋿'.repeat(2049))).toThrow('4,098 characters');
});

it('runs a vocabulary with a token of 200,000 bytes', () => {
	const bpe_ranks = `YQ== 0\n${btoa('a'.repeat(200_000))} 1\n`;
	const long = new JsTiktoken(specFromTiktoken({ bpe_ranks, pat_str: '.', special_tokens: {} }));
	expect([...long.encode('aa').ids]).toEqual([0, 0]);
	expect(long.decode([1])).toHaveLength(200_000);
});

it.each([
	['merges of its own', () => ({ ...smallSentencePiece() })],
	['no pattern', () => ({ ...smallRanks(), pre_tokenizer: null })]
])('refuses a spec with %s', (_, spec) => {
	expect(() => new JsTiktoken(spec())).toThrow('js-tiktoken runs rank files only');
});
