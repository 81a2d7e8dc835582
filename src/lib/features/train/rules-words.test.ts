import { expect, it } from 'vitest';
import type { PanelRules } from './rules-words';
import { rulesSentence } from './rules-words';

const RULES: PanelRules = {
	pattern: 'gpt2',
	feed: 'lines',
	ties: 'huggingface',
	alphabet: 'bytes',
	minFrequency: 0,
	maxTokenLength: null,
	specialTokens: []
};

it('says the usual rules in one short sentence', () => {
	expect(rulesSentence(RULES)).toBe(
		'GPT-2 pattern, ties to the smaller pair of ids, all 256 bytes'
	);
});

it('adds only what is unusual', () => {
	expect(
		rulesSentence({
			pattern: { regex: '\\p{L}+' },
			feed: 'whole',
			ties: 'first-seen',
			alphabet: 'observed',
			minFrequency: 2,
			maxTokenLength: 16,
			specialTokens: ['<|end|>']
		})
	).toBe(
		'your own pattern, ties to the pair seen first, observed bytes, text in one piece, ' +
			'pairs that occur 2 times or more, tokens up to 16 bytes, 1 special token'
	);
	expect(rulesSentence({ ...RULES, pattern: 'none' })).toMatch(/^no pattern,/);
});
