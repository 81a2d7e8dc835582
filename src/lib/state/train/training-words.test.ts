import { describe, expect, it } from 'vitest';
import { trainOn } from '../../../../tests/support/training';
import { corpusNotes, endWords } from './training-words';

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
