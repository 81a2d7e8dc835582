import { describe, expect, it } from 'vitest';
import { trainOn } from '../../../../tests/support/training';
import {
	describeClaim,
	describeCorpus,
	describeRules,
	describeSize,
	describeTrained,
	describeTraining,
	describeUnmatched,
	type PanelRules
} from './messages';

const RULES: PanelRules = {
	pattern: 'gpt2',
	feed: 'lines',
	ties: 'huggingface',
	alphabet: 'bytes',
	minFrequency: 0,
	maxTokenLength: null,
	specialTokens: []
};

describe('describeRules', () => {
	it('describes the usual rules in one short sentence', () => {
		expect(describeRules(RULES)).toBe(
			'GPT-2 pattern, ties to the smaller pair of ids, all 256 bytes'
		);
	});

	it('adds only what is unusual', () => {
		const rules: PanelRules = {
			pattern: { regex: '\\p{L}+' },
			feed: 'whole',
			ties: 'first-seen',
			alphabet: 'observed',
			minFrequency: 2,
			maxTokenLength: 16,
			specialTokens: ['<|end|>']
		};
		expect(describeRules(rules)).toBe(
			'your own pattern, ties to the first-seen pair, observed bytes, whole text at once, ' +
				'pairs that occur at least twice, tokens up to 16 bytes, 1 special token'
		);
		expect(describeRules({ ...RULES, pattern: 'none' })).toMatch(/^no pattern,/);
	});
});

describe('describeCorpus', () => {
	it('names its size in bytes and characters', () => {
		expect(describeCorpus({ bytes: 8287, chars: 8201 })).toBe('8 kB · 8,201 characters');
	});
});

describe('describeSize', () => {
	it('adds up the vocabulary if the size was reached', () => {
		expect(describeSize(trainOn('abab', { vocabularySize: 3 }))).toBe(
			'1 merge + 2 bytes = 3 tokens.'
		);
	});

	it('says where training stopped, and why', () => {
		// a, b, ab, abab: no pair is left.
		expect(describeSize(trainOn('abab', { vocabularySize: 1000 }))).toBe(
			'2 merges + 2 bytes = 4 tokens. No pair remains, so training stopped before 1,000.'
		);
		// ab occurs twice, abab once.
		expect(describeSize(trainOn('abab', { minFrequency: 2, specialTokens: ['<s>'] }))).toBe(
			'1 merge + 2 bytes + 1 special token = 4 tokens. No remaining pair occurs twice, so training stopped before 1,000.'
		);
		expect(describeSize(trainOn('abab', { maxTokenLength: 2 }))).toBe(
			'1 merge + 2 bytes = 3 tokens. No remaining pair is short enough, so training stopped before 1,000.'
		);
		expect(describeSize(trainOn('abab', { minFrequency: 2, maxTokenLength: 2 }))).toBe(
			'1 merge + 2 bytes = 3 tokens. No remaining pair occurs twice and is short enough, so training stopped before 1,000.'
		);
	});

	it('counts a token once that two merges make', () => {
		const training = trainOn('abab', { vocabularySize: 1000 });
		const [first] = training.products;
		expect(describeSize({ ...training, products: Uint32Array.of(first, first) })).toMatch(
			/^1 token from 2 merges \+ 2 bytes = 3 tokens\./
		);
	});
});

describe('describeTraining', () => {
	it('says by how much the corpus became shorter', () => {
		expect(describeTraining(Float64Array.of(8287, 8000, 2188))).toBe(
			'2 merges shorten this corpus from 8,287 tokens to 2,188.'
		);
		expect(describeTraining(Float64Array.of(2, 1))).toBe(
			'1 merge shortens this corpus from 2 tokens to 1.'
		);
		expect(describeTraining(Float64Array.of(1))).toBe('This corpus has no pair to merge.');
	});
});

describe('describeClaim', () => {
	it('is about the pairs that may be merged, and no others', () => {
		expect(describeClaim({ distinct: 1234, barred: 0 })).toBe(
			'No other pair occurred more often (1,234 distinct pairs).'
		);
		expect(describeClaim({ distinct: 1, barred: 0 })).toBe('It was the only pair left.');
		expect(describeClaim({ distinct: 2, barred: 3 })).toBe(
			'No other pair that may be merged occurred more often (2 distinct pairs).'
		);
		expect(describeClaim({ distinct: 1, barred: 3 })).toBe(
			'It was the only pair left that may be merged.'
		);
	});
});

describe('describeUnmatched', () => {
	it('says what it means that a pattern matched nothing', () => {
		expect(describeUnmatched({ matched: true, rules: { feed: 'lines' } })).toBeNull();
		expect(describeUnmatched({ matched: false, rules: { feed: 'lines' } })).toBe(
			'The pattern matched nothing, so every line is one pre-token.'
		);
		expect(describeUnmatched({ matched: false, rules: { feed: 'whole' } })).toBe(
			'The pattern matched nothing, so the whole text is one pre-token.'
		);
	});
});

describe('describeTrained', () => {
	it('names rules, merges and the size of the corpus', () => {
		expect(describeTrained({ ...RULES, pattern: 'none' }, 1, 8287)).toBe(
			'no pattern, ties to the smaller pair of ids, all 256 bytes, 1 merge. Trained in this browser on 8,287 bytes.'
		);
	});
});
