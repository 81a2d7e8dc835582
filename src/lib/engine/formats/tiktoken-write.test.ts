import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { byteLevel } from '../../../../tests/support/spec-parts';
import { anyTraining, trainOn } from '../../../../tests/support/training';
import { createTokenizer } from '../pipeline/create-tokenizer';
import { tokenAt } from '../structures/vocabulary';
import { trainedSpec } from '../train/spec';
import { patternRegex } from '../train/patterns';
import { decodeBase64, encodeBase64 } from '../text/base64';
import { specFromTiktoken } from './tiktoken';
import { writeTiktoken } from './tiktoken-write';
import { parseTokenizerJson } from './tokenizer-json';
import { tokenizerJsonText } from './tokenizer-json-write';

const tokenizerJson = (model: object, rest: object = {}) =>
	parseTokenizerJson({
		...{ pre_tokenizer: byteLevel({ use_regex: false }), decoder: byteLevel() },
		model: { type: 'BPE', ...model },
		...rest
	});

describe('writeTiktoken', () => {
	it('writes one line per token: base64 and id', () => {
		const vocab = { Ġ: 0, a: 1, b: 2, ab: 3, Ġab: 4 };
		const spec = tokenizerJson({ vocab, merges: ['a b', 'Ġ ab'] });
		expect(writeTiktoken(spec)).toBe('IA== 0\nYQ== 1\nYg== 2\nYWI= 3\nIGFi 4\n');
	});

	it.each([
		[
			'ids that are not in the order of the merges',
			{ a: 0, b: 1, ba: 2, ab: 3 },
			['a b', 'b a'],
			0
		],
		['a token made in two ways', { a: 0, aa: 1, aaa: 2 }, ['a a', 'aa a', 'a aa'], 2],
		[
			'parts that the bytes do not come down to',
			{ a: 0, b: 1, ab: 2, ba: 3, aba: 4 },
			['a b', 'b a', 'a ba'],
			2
		]
	])('refuses %s', (_, vocab, merges, merge) => {
		expect(() => writeTiktoken(tokenizerJson({ vocab, merges }))).toThrow(
			`.tiktoken: got merge ${merge}`
		);
	});

	it.each([
		['that other merges would make', { a: 0, aa: 1, aaa: 2 }, ['a a']],
		['of several parts', { a: 0, b: 1, ab: 2, aba: 3 }, []]
	])('refuses a token that no merge makes, %s', (_, vocab, merges) => {
		expect(() => writeTiktoken(tokenizerJson({ vocab, merges }))).toThrow(
			'.tiktoken: got a token that no merge makes'
		);
	});

	it('leaves out special tokens, even if the vocabulary has them', () => {
		const spec = trainedSpec(trainOn('abab', { specialTokens: ['<s>'] }));
		const read = parseTokenizerJson(JSON.parse(tokenizerJsonText(spec)));
		expect(tokenAt(read.model.vocabulary, 0)).toHaveLength(3);
		expect(writeTiktoken(read)).toBe(writeTiktoken(spec));
		expect(writeTiktoken(read)).toBe('YQ== 1\nYg== 2\nYWI= 3\nYWJhYg== 4\n');
	});

	it('refuses a normalizer, and a vocabulary of characters', () => {
		const model = { vocab: { a: 0 }, merges: [] };
		expect(() => writeTiktoken(tokenizerJson(model, { normalizer: { type: 'NFC' } }))).toThrow(
			'got the normalizer NFC, expected none'
		);
		const characters = { pre_tokenizer: null, decoder: null };
		expect(() => writeTiktoken(tokenizerJson(model, characters))).toThrow(
			'expected a byte-level vocabulary'
		);
	});

	it('holds tokens of any length', () => {
		const letters = 'a'.repeat(1 << 16);
		const spec = trainedSpec(trainOn(letters));
		const last = writeTiktoken(spec).trimEnd().split('\n').at(-1) ?? '';
		expect(last).toBe(`${Buffer.from(letters).toString('base64')} 16`);
	});

	it('keeps the ids unless it refuses the tokenizer', () => {
		const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 80 });
		let written = 0;
		fc.assert(
			fc.property(anyTraining, fc.array(text), (training, texts) => {
				const spec = trainedSpec(training);
				let ranks: string;
				try {
					ranks = writeTiktoken(spec);
				} catch {
					return;
				}
				written++;
				const regex = patternRegex(training.rules.pattern);
				// tiktoken drops text that a pattern does not match, so this one also matches the text between runs of b.
				const pattern = regex === null ? '[abc]+' : `${regex}|[^b]+`;
				const again = createTokenizer(
					specFromTiktoken({ bpe_ranks: ranks, pat_str: pattern, special_tokens: {} })
				);
				const ours = createTokenizer(spec);
				for (const text of texts) expect(again.encode(text).ids).toEqual(ours.encode(text).ids);
			}),
			{ numRuns: sized(400, 1000) }
		);
		expect(written).toBeGreaterThan(40);
	});
});

it('encodeBase64 is the inverse of decodeBase64 and equals Node', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
			const text = encodeBase64(bytes);
			expect(text).toBe(Buffer.from(bytes).toString('base64'));
			expect(decodeBase64(text)).toEqual(bytes);
		})
	);
});
