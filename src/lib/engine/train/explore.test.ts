import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized } from '../../../../tests/support/size';
import { countsOf, trainOn } from '../../../../tests/support/training';
import { createExplorer } from './explore';
import type { TrainingRules } from './types';

const anyCorpus = fc.oneof(
	fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), minLength: 1, maxLength: 120 }),
	fc
		.array(fc.tuple(fc.constantFrom('a', 'b', ' '), fc.nat(40)), { minLength: 1, maxLength: 8 })
		.map((runs) => 'a' + runs.map(([letter, times]) => letter.repeat(times)).join(''))
);
const anyRules: fc.Arbitrary<Partial<TrainingRules>> = fc.record({
	pattern: fc.constantFrom('none' as const, 'gpt2' as const, { regex: 'a+' }),
	ties: fc.constantFrom('huggingface' as const, 'first-seen' as const),
	alphabet: fc.constantFrom('observed' as const, 'bytes' as const),
	maxTokenLength: fc.constantFrom(null, null, 3, 6),
	specialTokens: fc.constantFrom([], ['<s>'], ['aa', 'Ġab', '<s>'])
});

const explorerOf = (text: string, rules: Partial<TrainingRules> = {}) =>
	createExplorer(countsOf(text, rules), trainOn(text, rules));

describe('pairsAfter', () => {
	it('begins with the pair of the next merge and its count', () => {
		fc.assert(
			fc.property(anyCorpus, anyRules, (text, rules) => {
				const training = trainOn(text, rules);
				const explorer = createExplorer(countsOf(text, rules), training);
				for (let k = 0; k < training.products.length; k++) {
					const { pairs } = explorer.pairsAfter(k, 1);
					const [left, right] = training.merges.subarray(2 * k);
					expect(pairs).toEqual([{ left, right, count: training.counts[k] }]);
				}
				if (training.end === 'frequency') {
					expect(explorer.pairsAfter(training.products.length, 5).pairs).toEqual([]);
				}
			}),
			{ numRuns: sized(80, 300) }
		);
	});

	it('lists runners-up in order and counts ties', () => {
		// Pre-tokens ab, ba, cc, cc: ab and ba once, cc twice.
		const rules = { pattern: { regex: '..' }, vocabularySize: 4 };
		const text = 'baabcccc';
		const explore = (ties: TrainingRules['ties'], merges: number) =>
			explorerOf(text, { ...rules, ties }).pairsAfter(merges, 3);
		const [a, b, c] = [0, 1, 2];
		const ab = { left: a, right: b, count: 1 };
		const ba = { left: b, right: a, count: 1 };
		const cc = { left: c, right: c, count: 2 };
		const all = { tied: 1, distinct: 3, barred: 0 };
		const rest = { tied: 2, distinct: 2, barred: 0 };
		expect(explore('huggingface', 0)).toEqual({ pairs: [cc, ab, ba], ...all });
		expect(explore('huggingface', 1)).toEqual({ pairs: [ab, ba], ...rest });
		expect(explore('first-seen', 1)).toEqual({ pairs: [ba, ab], ...rest });
	});

	it('excludes pairs that may not be merged', () => {
		const rules = { maxTokenLength: 2, specialTokens: ['bb'], vocabularySize: 5 };
		const explorer = explorerOf('aaabbb', rules);
		// Ids: bb special 0, a 1, b 2, aa 3. After the merge of aa, aa+a is too long, and b+b is written like the special
		// token.
		expect(explorer.pairsAfter(1, 9)).toEqual({
			pairs: [{ left: 1, right: 2, count: 1 }],
			tied: 1,
			distinct: 1,
			barred: 2
		});
	});

	it('refuses a step that does not exist', () => {
		const explorer = explorerOf('ab');
		expect(() => explorer.pairsAfter(2, 1)).toThrow('got 2 merges, expected 0 to 1');
		expect(explorer.pairsAfter(1, 5)).toEqual({ pairs: [], tied: 0, distinct: 0, barred: 0 });
		expect(explorer.pairsAfter(0, 0).pairs).toEqual([]);
	});
});
