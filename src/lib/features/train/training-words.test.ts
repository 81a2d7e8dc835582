import { describe, expect, it } from 'vitest';
import { trainOn } from '../../../../tests/support/training';
import { claimWords, corpusNotes, endWords } from './training-words';

describe('endWords', () => {
	it('says nothing where the size was reached', () => {
		expect(endWords(trainOn('abab', { vocabularySize: 3 }))).toBeNull();
	});

	it('says how far the corpus went, and why no further', () => {
		// a, b, ab, abab: no pair is left.
		expect(endWords(trainOn('abab', { vocabularySize: 1000 }))).toBe(
			'The corpus gives 4 of 1,000 tokens: no pair is left that stands there at all.'
		);
		// ab stands twice, abab once.
		expect(endWords(trainOn('abab', { minFrequency: 2, specialTokens: ['<s>'] }))).toBe(
			'The corpus gives 4 of 1,000 tokens: no pair is left that stands there 2 times.'
		);
		expect(endWords(trainOn('abab', { maxTokenLength: 2 }))).toBe(
			'The corpus gives 3 of 1,000 tokens: no pair is left that stands there at all and is short enough.'
		);
	});
});

describe('claimWords', () => {
	it('claims it of the pairs that may be merged, and of no others', () => {
		expect(claimWords({ distinct: 1234, barred: 0 }, 4)).toBe(
			'True here: of 1,234 different pairs none stood more often than the one of merge 4.'
		);
		expect(claimWords({ distinct: 1, barred: 0 }, 1)).toBe(
			'True here: no other pair was left beside the one of merge 1.'
		);
		expect(claimWords({ distinct: 2, barred: 3 }, 3)).toBe(
			'True here: of 2 different pairs that may be merged none stood more often than the one of merge 3.'
		);
		expect(claimWords({ distinct: 1, barred: 3 }, 3)).toBe(
			'True here: no other pair that may be merged was left beside the one of merge 3.'
		);
	});
});

describe('corpusNotes', () => {
	it('says where a pattern matched nothing, and what that means', () => {
		expect(corpusNotes({ matched: true, rules: { feed: 'lines' } })).toEqual([]);
		expect(corpusNotes({ matched: false, rules: { feed: 'lines' } })).toEqual([
			'The pattern matched nothing: every line is one pre-token.'
		]);
		expect(corpusNotes({ matched: false, rules: { feed: 'whole' } })).toEqual([
			'The pattern matched nothing: the whole text is one pre-token.'
		]);
	});
});
