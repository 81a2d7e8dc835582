import { expect, it } from 'vitest';
import { trainOn } from '../../../../tests/support/training';
import type { TrainingRules } from '../../engine/train';
import {
	describeClaim,
	describeCorpus,
	describeRules,
	describeSize,
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

it.each<[Partial<PanelRules>, string]>([
	[{}, 'GPT-2 pattern, ties to the smaller pair of ids, all 256 bytes'],
	[{ pattern: 'none' }, 'no pattern, ties to the smaller pair of ids, all 256 bytes'],
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
		'your own pattern, ties to the first-seen pair, observed bytes, whole text at once, ' +
			'pairs that occur at least twice, tokens up to 16 bytes, 1 special token'
	]
])('describes what is unusual about the rules: %j', (more, description) => {
	expect(describeRules({ ...RULES, ...more })).toBe(description);
});

it('describes the size of a corpus in bytes and characters', () => {
	expect(describeCorpus({ bytes: 8287, chars: 8201 })).toBe('8 kB · 8,201 characters');
});

// a, b, ab, abab: then no pair is left. ab occurs twice, abab once.
it.each<[Partial<TrainingRules>, string]>([
	[{ vocabularySize: 3 }, '1 merge + 2 bytes = 3 tokens.'],
	[{}, '2 merges + 2 bytes = 4 tokens. No pair remains,'],
	[
		{ minFrequency: 2, specialTokens: ['<s>'] },
		'1 merge + 2 bytes + 1 special token = 4 tokens. No remaining pair occurs twice,'
	],
	[{ maxTokenLength: 2 }, '1 merge + 2 bytes = 3 tokens. No remaining pair is short enough,'],
	[
		{ minFrequency: 2, maxTokenLength: 2 },
		'1 merge + 2 bytes = 3 tokens. No remaining pair occurs twice and is short enough,'
	]
])('adds up the vocabulary, and says where training stopped and why: %j', (rules, description) => {
	const end = description.endsWith(',') ? ' so training stopped before 1,000.' : '';
	expect(describeSize(trainOn('abab', rules))).toBe(description + end);
});

it('counts a token once that two merges make', () => {
	const training = trainOn('abab', { vocabularySize: 1000 });
	const [first] = training.products;
	expect(describeSize({ ...training, products: Uint32Array.of(first, first) })).toMatch(
		/^1 token from 2 merges \+ 2 bytes = 3 tokens\./
	);
});

it.each([
	[[8287, 8000, 2188], '2 merges shorten this corpus from 8,287 tokens to 2,188.'],
	[[2, 1], '1 merge shortens this corpus from 2 tokens to 1.'],
	[[1], 'This corpus has no pair to merge.']
])('says by how much the corpus became shorter: %j', (counts, description) => {
	expect(describeTraining(Float64Array.from(counts))).toBe(description);
});

it.each([
	[1234, 0, 'No other pair occurred more often (1,234 distinct pairs).'],
	[1, 0, 'It was the only pair left.'],
	[2, 3, 'No other pair that may be merged occurred more often (2 distinct pairs).'],
	[1, 3, 'It was the only pair left that may be merged.']
])('claims something about %i pairs, besides %i', (distinct, barred, claim) => {
	expect(describeClaim({ distinct, barred })).toBe(claim);
});

it.each([
	[true, 'lines', null],
	[false, 'lines', 'The pattern matched nothing, so every line is one pre-token.'],
	[false, 'whole', 'The pattern matched nothing, so the whole text is one pre-token.']
] as const)('says what it means if a pattern matches: %s, %s', (matched, feed, description) => {
	expect(describeUnmatched({ matched, rules: { feed } })).toBe(description);
});
