import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RULES } from '../training-rules';
import type { TrainingRules } from '../../engine/train';
import { readTraining, writeTraining } from './train';

const read = (search: string) => {
	const { values, problems } = readTraining(new URLSearchParams(search));
	return { ...values, problems };
};

const anyRules: fc.Arbitrary<TrainingRules> = fc.record({
	pattern: fc.oneof(
		fc.constantFrom('gpt2' as const, 'cl100k' as const, 'o200k' as const, 'none' as const),
		fc.record({ regex: fc.string() })
	),
	feed: fc.constantFrom('lines', 'whole'),
	ties: fc.constantFrom('huggingface', 'first-seen'),
	alphabet: fc.constantFrom('observed', 'bytes'),
	vocabularySize: fc.integer({ min: 1, max: 1e6 }),
	minFrequency: fc.nat(100),
	maxTokenLength: fc.option(fc.integer({ min: 1, max: 99 })),
	specialTokens: fc.array(fc.string({ minLength: 1 }))
});

describe('a link to a training', () => {
	it('is read back as it was written', () => {
		const anyLink = fc.record({
			rules: anyRules,
			corpus: fc.option(fc.constantFrom('english', 'code')),
			step: fc.option(fc.nat(1000)),
			beside: fc.option(fc.string()),
			whitespace: fc.boolean(),
			open: fc.subarray(['rules', 'curve', 'text', 'vocabulary'] as const),
			speed: fc.constantFrom('slow', 'normal', 'fast', 'fastest'),
			search: fc.string(),
			order: fc.constantFrom('id', 'usage', 'length'),
			unused: fc.boolean(),
			page: fc.integer({ min: 1, max: 99 }),
			tree: fc.option(fc.nat(2000)),
			extent: fc.constantFrom('all', 'shown'),
			predict: fc.boolean()
		});
		fc.assert(
			fc.property(anyLink, (link) => {
				expect(read(writeTraining(link))).toEqual({ ...link, problems: [] });
			})
		);
	});

	it('names the other tokenizer and hidden whitespace marks', () => {
		const link = { rules: DEFAULT_RULES, corpus: null, step: 7 };
		expect(writeTraining({ ...link, beside: 'llama3', whitespace: false })).toBe(
			'?size=1024&step=7&beside=llama3&marks=off'
		);
	});

	it('names open sections, speed and how the vocabulary is listed', () => {
		const shown = {
			open: ['rules', 'vocabulary'],
			speed: 'fast',
			search: 'th e',
			order: 'usage',
			unused: true,
			page: 2,
			tree: 300,
			extent: 'shown',
			predict: true
		} as const;
		const link = { rules: DEFAULT_RULES, corpus: null, step: null, ...shown };
		expect(writeTraining(link)).toBe(
			'?size=1024&open=rules+vocabulary&speed=fast&find=th+e&sort=usage&unused=1&page=2&tree=300&export=shown&predict=1'
		);
	});

	it('is short for the default rules', () => {
		expect(writeTraining({ rules: DEFAULT_RULES, corpus: 'english', step: null })).toBe(
			'?corpus=english&size=1024'
		);
	});

	it('has the default rules if it names none', () => {
		expect(read('')).toEqual({
			rules: DEFAULT_RULES,
			corpus: null,
			step: null,
			beside: null,
			whitespace: true,
			open: [],
			speed: 'normal',
			search: '',
			order: 'id',
			unused: false,
			page: 1,
			tree: null,
			extent: 'all',
			predict: false,
			problems: []
		});
	});

	it('reports invalid values, and keeps the rest', () => {
		const { rules, open, problems } = read(
			'?size=many&ties=mine&pattern=cl100k&longest=0&step=-1&open=rules+all&speed=9&sort=name'
		);
		expect(rules).toEqual({ ...DEFAULT_RULES, pattern: 'cl100k' });
		expect(open).toEqual(['rules']);
		expect(problems).toEqual([
			'The link has “size=many”; expected a whole number of at least 1.',
			'The link has “ties=mine”; expected huggingface or first-seen.',
			'The link has “longest=0”; expected a whole number of at least 1.',
			'The link has “step=-1”; expected a whole number of at least 0.',
			'The link has “open=all”; expected rules, curve, text or vocabulary.',
			'The link has “speed=9”; expected slow, normal, fast or fastest.',
			'The link has “sort=name”; expected id, usage or length.'
		]);
	});
});
