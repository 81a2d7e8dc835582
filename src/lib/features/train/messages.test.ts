import { expect, it } from 'vitest';
import { trainOn } from '../../../../tests/support/training';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { TrainingRules } from '../../engine/train';
import { DEFAULT_RULES } from '../../session/downloads/corpora';
import {
	describeEffect,
	describeEnd,
	describeRules,
	describeSize,
	describeTie,
	describeTraining,
	describeUnmatched,
	type PanelRules
} from './messages';

const RULES: PanelRules = { ...DEFAULT_RULES, minFrequency: 0 };

it.each<[Partial<PanelRules>, string]>([
	[{}, 'GPT-2 pattern, ties go to the pair with the smaller ids, all 256 bytes'],
	[{ pattern: 'none' }, 'no pattern, ties go to the pair with the smaller ids, all 256 bytes'],
	[
		{
			pattern: { regex: '\\p{L}+' },
			feed: 'whole',
			ties: 'first-seen',
			alphabet: 'observed',
			minFrequency: 2,
			maxTokenLength: 16,
			specialTokens: ['<|end|>']
		},
		'your own pattern, ties go to the first-seen pair, observed bytes, pattern applied to the whole text, ' +
			'pairs that occur at least twice, tokens up to 16 bytes, 1 special token'
	]
])('describes what is unusual about the rules: %j', (more, description) => {
	expect(describeRules({ ...RULES, ...more })).toBe(description);
});

// a, b, ab, abab: then there are no pairs left. ab occurs twice, abab once.
it.each<[Partial<TrainingRules>, string, string]>([
	[
		{ vocabularySize: 3 },
		'2 bytes + 1 merge = 3 tokens',
		'Training reached the maximum of 3 tokens.'
	],
	[{}, '2 bytes + 2 merges = 4 tokens', 'No pair is left.'],
	[
		{ minFrequency: 2, specialTokens: ['<s>'] },
		'2 bytes + 1 merge + 1 special token = 4 tokens',
		'No pair is left that occurs twice.'
	],
	[{ maxTokenLength: 2 }, '2 bytes + 1 merge = 3 tokens', 'No pair is left that is short enough.'],
	[
		{ minFrequency: 2, maxTokenLength: 2 },
		'2 bytes + 1 merge = 3 tokens',
		'No pair is left that occurs twice and is short enough.'
	]
])('adds up the vocabulary, and says why training stopped: %j', (rules, size, end) => {
	const training = trainOn('abab', rules);
	expect(describeSize(training)).toBe(`vocabulary: ${size}`);
	expect(describeEnd(training)).toBe(end);
});

it('counts a token once that two merges make', () => {
	const training = trainOn('abab', { vocabularySize: 1000 });
	const [first] = training.products;
	expect(describeSize({ ...training, products: Uint32Array.of(first, first) })).toMatch(
		/^vocabulary: 2 bytes \+ 1 token from 2 merges = 3 tokens$/
	);
});

it.each([
	[[8287, 8000, 2188], 'All 2 merges shorten this corpus from 8,287 tokens to 2,188.'],
	[[2, 1], '1 merge shortens this corpus from 2 tokens to 1.'],
	[[1], 'This corpus has no pair to merge.']
])('says by how much the corpus became shorter: %j', (counts, description) => {
	expect(describeTraining(Float64Array.from(counts))).toBe(description);
});

it.each([
	['e', 9, 9, '9 times, so 9 fewer tokens.'],
	['e', 1, 1, 'once, so 1 fewer token.'],
	// aaa aaa: four occurrences of a + a, of which two can be merged.
	['a', 4, 2, '4 times, but 2 fewer tokens: in aaa, two occurrences overlap.'],
	[' ', 2, 1, 'twice, but 1 fewer token: in ···, two occurrences overlap.']
])('says what a merge of %j that occurs %i times does', (left, count, removed, effect) => {
	expect(describeEffect({ left: { bytes: encodeUtf8(left) }, count, removed })).toBe(effect);
});

it('names the rule that decided a tie', () => {
	expect(describeTie(1, 9, 'huggingface', [101, 115])).toBe('');
	expect(describeTie(2, 9, 'huggingface', [101, 115])).toBe(
		'A tie: 2 pairs occur 9 times. The pair with the smallest ids (101 and 115) is merged.'
	);
	expect(describeTie(3, 4102, 'first-seen', [101, 115])).toBe(
		'A tie: 3 pairs occur 4,102 times. The pair that occurs first in the corpus is merged.'
	);
});

it.each([
	[true, 'lines', null],
	[false, 'lines', 'The pattern matched nothing, so every line is one pre-token.'],
	[false, 'whole', 'The pattern matched nothing, so the whole text is one pre-token.']
] as const)('says what it means if a pattern matches: %s, %s', (matched, feed, description) => {
	expect(describeUnmatched({ matched, rules: { feed } })).toBe(description);
});
