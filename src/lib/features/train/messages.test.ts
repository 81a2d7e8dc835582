import { describe, expect, it } from 'vitest';
import { trainOn } from '../../../../tests/support/training';
import {
	describeClaim,
	describeCorpus,
	describeEnd,
	describeRules,
	describeTrained,
	describeUnmatched,
	EXPORTS,
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
	it('names its size in bytes, characters and pre-tokens', () => {
		expect(describeCorpus({ bytes: 8287, chars: 8201, distinct: 1 })).toBe(
			'8 kB · 8,201 characters · 1 distinct pre-token'
		);
	});
});

describe('describeEnd', () => {
	it('is empty if the size was reached', () => {
		expect(describeEnd(trainOn('abab', { vocabularySize: 3 }))).toBe('');
	});

	it('says where training stopped, and why', () => {
		// a, b, ab, abab: no pair is left.
		expect(describeEnd(trainOn('abab', { vocabularySize: 1000 }))).toBe(
			'Training stopped at 4 of 1,000 tokens: no pair remains.'
		);
		// ab occurs twice, abab once.
		expect(describeEnd(trainOn('abab', { minFrequency: 2, specialTokens: ['<s>'] }))).toBe(
			'Training stopped at 4 of 1,000 tokens: no remaining pair occurs twice.'
		);
		expect(describeEnd(trainOn('abab', { maxTokenLength: 2 }))).toBe(
			'Training stopped at 3 of 1,000 tokens: no remaining pair is short enough.'
		);
		expect(describeEnd(trainOn('abab', { minFrequency: 2, maxTokenLength: 2 }))).toBe(
			'Training stopped at 3 of 1,000 tokens: no remaining pair occurs twice and is short enough.'
		);
	});
});

describe('describeClaim', () => {
	it('is about the pairs that may be merged, and no others', () => {
		expect(describeClaim({ distinct: 1234, barred: 0 }, 4)).toBe(
			'Here, of 1,234 distinct pairs, none occurred more often than merge 4’s.'
		);
		expect(describeClaim({ distinct: 1, barred: 0 }, 1)).toBe(
			'Here, merge 1’s pair was the only one left.'
		);
		expect(describeClaim({ distinct: 2, barred: 3 }, 3)).toBe(
			'Here, of 2 distinct pairs that may be merged, none occurred more often than merge 3’s.'
		);
		expect(describeClaim({ distinct: 1, barred: 3 }, 3)).toBe(
			'Here, merge 3’s pair was the only one left that may be merged.'
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

describe('EXPORTS', () => {
	it('offers each format once', () => {
		const formats = EXPORTS.map(({ format }) => format);
		expect(new Set(formats).size).toBe(formats.length);
	});
});
