import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { mergeSpellings } from '../../../../tests/support/merge-spellings';
import { naiveMerges } from '../../../../tests/support/naive-trainer';
import { countsOf, PLAIN_RULES, trainOn } from '../../../../tests/support/training';
import { toByteLevel } from '../structures/byte-level';
import { createTrainer } from './trainer';
import type { PretokenCounts, Training, TrainingRules } from './types';

/** Hugging Face's defaults: lines and GPT-2's pattern. */
const RULES: TrainingRules = { ...PLAIN_RULES, pattern: 'gpt2', feed: 'lines' };

const train = (text: string, rules: Partial<TrainingRules> = {}) =>
	trainOn(text, { ...RULES, ...rules });
const merges = (training: Training) => mergeSpellings(training).merges;

describe('createTrainer', () => {
	it("trains minbpe's example: aaabdaaabac", () => {
		const rules = { pattern: 'none', ties: 'first-seen', alphabet: 'bytes' } as const;
		const training = train('aaabdaaabac', { ...rules, vocabularySize: 259 });
		// minbpe's README: aa, then aaa, then aaab; the text becomes 258 100 258 97 99.
		expect([...training.merges]).toEqual([97, 97, 256, 97, 257, 98]);
		expect([...training.products]).toEqual([256, 257, 258]);
		expect([...training.counts]).toEqual([4, 2, 2]);
		expect([...training.removed]).toEqual([2, 2, 2]);
		expect(training.tokensBefore).toBe(11);
		expect(training.end).toBe('size');
	});

	it('never makes a token that is written like a special token', () => {
		expect(merges(train('<s> <s> <s>', { specialTokens: ['<s>'] }))).not.toContain('<s >');
		expect(merges(train('<s> <s> <s>', { specialTokens: ['<s>'] }))).not.toContain('< s>');
		// With GPT-2's alphabet a space is written Ġ.
		const spaced = { pattern: 'none', specialTokens: ['aĠ'] } as const;
		expect(merges(train('a a a', spaced))).not.toContain('a Ġ');
	});

	it('can be stopped, and reports that', () => {
		const rules = { ...RULES, pattern: 'none' } as const;
		const trainer = createTrainer(countsOf('abcdefgh', rules), rules);
		expect(trainer.advance(2)).toBe(false);
		expect(trainer.progress).toEqual({ merges: 2, target: 992, count: 1, vocabularySize: 10 });
		expect(trainer.result()).toMatchObject({ end: 'stopped', tokensBefore: 8 });
		expect(trainer.result().products).toHaveLength(2);
		expect(trainer.advance(100)).toBe(true);
		expect(trainer.result().end).toBe('frequency');
	});

	it('counts frequencies beyond 2^31', () => {
		const counts: PretokenCounts = {
			bytes: new TextEncoder().encode('abcab'),
			ends: Uint32Array.of(3, 5),
			counts: Float64Array.of(2 ** 40, 2 ** 41)
		};
		const trainer = createTrainer(counts, RULES);
		trainer.advance(Infinity);
		expect([...trainer.result().counts]).toEqual([2 ** 40 + 2 ** 41, 2 ** 40]);
		expect([...trainer.result().removed]).toEqual([2 ** 40 + 2 ** 41, 2 ** 40]);
	});
});

describe('invalid rules', () => {
	it.each<[string, Partial<TrainingRules>, RegExp]>([
		[
			'a small vocabulary',
			{ vocabularySize: 2 },
			/2 is too small: the alphabet has 3 bytes.*3 or more/
		],
		[
			'one too small for special tokens',
			{ vocabularySize: 4, specialTokens: ['<s>', '<e>'] },
			/3 bytes and there are 2 special tokens; choose 5/
		],
		['a fraction', { vocabularySize: 300.5 }, /300.5: expected a whole number/],
		['a negative frequency', { minFrequency: -1 }, /minimum frequency -1: .* at least 0/],
		['no token length', { maxTokenLength: 0 }, /maximum token length 0: .* at least 1/],
		['a special token twice', { specialTokens: ['<s>', '<s>'] }, /"<s>" is given twice/],
		['an empty special token', { specialTokens: [''] }, /is empty/],
		['half a character', { specialTokens: ['\ud800'] }, /lone surrogate/],
		['a special token that is a byte', { specialTokens: ['b'] }, /"b" is how the alphabet writes/]
	])('%s', (_, rules, message) => {
		expect(() => train('abc', rules)).toThrow(message);
		// The first rule of each case is the invalid one.
		expect(() => train('abc', rules)).toThrow(
			expect.objectContaining({ rule: Object.keys(rules)[0] }) as Error
		);
	});

	it('an empty corpus', () => {
		expect(() => train('')).toThrow(/corpus is empty/);
	});
});

/** Characters of the bytes that occur, in the order of GPT-2's byte alphabet. */
function toSpelling(text: string): string {
	const bytes = [...new Set(new TextEncoder().encode(text))];
	const mapped = (byte: number) => toByteLevel(Uint8Array.of(byte));
	return bytes
		.sort((a, b) => mapped(a).charCodeAt(0) - mapped(b).charCodeAt(0))
		.map((byte) => String.fromCharCode(byte))
		.join('');
}

const asMerge = (left: string, right: string) =>
	[left, right]
		.map((part) => toByteLevel(Uint8Array.from(part, (char) => char.charCodeAt(0))))
		.join(' ');

describe('compared with counting again for every merge', () => {
	const text = fc
		.array(fc.constantFrom('a', 'b', 'c', 'aa', 'abab', 'aaaaaaa', ' ', '\n', 'é', 'ab ab'), {
			minLength: 1,
			maxLength: 60
		})
		.map((parts) => parts.join(''));

	it('makes the same merges with the same counts', () => {
		fc.assert(
			fc.property(
				text,
				fc.constantFrom('huggingface', 'first-seen'),
				fc.constantFrom('gpt2', 'none'),
				fc.constantFrom(0, 2, 3),
				fc.constantFrom(null, 1, 2, 3, 5),
				fc.integer({ min: 1, max: 9 }),
				(text, ties, pattern, minFrequency, maxTokenLength, step) => {
					const rules: TrainingRules = { ...RULES, ties, pattern, minFrequency, maxTokenLength };
					const counts = countsOf(text, rules);
					const trainer = createTrainer(counts, rules);
					while (!trainer.advance(step));
					const training = trainer.result();
					const expected = naiveMerges(counts, toSpelling(text), rules);
					expect(merges(training)).toEqual(expected.map((m) => asMerge(m.left, m.right)));
					expect([...training.counts]).toEqual(expected.map((m) => m.count));
					expect([...training.removed]).toEqual(expected.map((m) => m.removed));
				}
			),
			{ numRuns: sized(400, 1000) }
		);
	});
});
