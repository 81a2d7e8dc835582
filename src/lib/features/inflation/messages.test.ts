import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import { Measurements } from './measurements.svelte';
import {
	compareCosts,
	describeClaim,
	describeMeasuring,
	describePairs,
	describeTokenizer,
	describeWord,
	formatCosts,
	formatMultiple,
	formatWithPrefix,
	nameLanguages
} from './messages';

const nameOf = (id: string) => (id.startsWith('own-') ? 'my tokenizer' : id);
const burmese = languageOf('mya', 'Burmese');

describe('the claim', () => {
	const claim = (premiums: Readonly<Record<string, number>>, baseline = 'English') =>
		describeClaim(
			{
				language: burmese,
				premiums: Object.entries(premiums).map(([tokenizer, premium]) => ({ tokenizer, premium }))
			},
			baseline,
			nameOf
		);

	it('names one language, and the model that people know of each tokenizer', () => {
		expect(claim({ cl100k_base: 15.7007, o200k_base: 4.204 })).toBe(
			'The same text takes 15.7 times as many tokens in Burmese as in English with GPT-4’s tokenizer, and 4.2 times as many with GPT-4o’s.'
		);
		expect(claim({ cl100k_base: 15.7 })).toBe(
			'The same text takes 15.7 times as many tokens in Burmese as in English with GPT-4’s tokenizer.'
		);
	});

	it('names the two most telling of many tokenizers, in the order of the page', () => {
		expect(claim({ llama3: 10, o200k_base: 4.2, gpt2: 21.7, gemma3: 5 }, 'Zulu')).toBe(
			'The same text takes 4.2 times as many tokens in Burmese as in Zulu with GPT-4o’s tokenizer, and 21.7 times as many with GPT-2’s.'
		);
	});

	it('states a figure once if it is the same with both', () => {
		expect(claim({ cl100k_base: 15.7007, llama3: 15.7006 })).toMatch(
			/English with GPT-4’s tokenizer and Llama 3’s\.$/
		);
	});

	it('names a tokenizer of the visitor’s by its name', () => {
		expect(claim({ 'own-9080a636': 3 })).toMatch(/with the tokenizer “my tokenizer”\.$/);
		expect(claim({ gpt2: 9, 'own-9080a636': 3 })).toMatch(/3 times as many with “my tokenizer”\.$/);
		expect(describeTokenizer('own-9080a636', nameOf)).toBe('my tokenizer');
		expect(describeTokenizer('gpt2', nameOf)).toBe('GPT-2 (gpt2)');
	});

	it('claims nothing if nothing is more expensive, or nothing is known', () => {
		expect(claim({ gpt2: 1, llama3: 0.5 }, 'Shan')).toBe(
			'No other language here takes more tokens than Shan for the same text.'
		);
		expect(describeClaim(null, 'English', nameOf)).toMatch(/^How many tokens/);
	});
});

it('squares the largest figure of the claim for attention', () => {
	const premiums = [
		{ tokenizer: 'o200k_base', premium: 4.2 },
		{ tokenizer: 'gpt2', premium: 20 }
	];
	expect(describePairs({ language: burmese, premiums })).toBe(
		'With 20 times as many tokens, attention takes 400 times as much work.'
	);
	expect(describePairs({ language: burmese, premiums: [{ tokenizer: 'gpt2', premium: 1 }] })).toBe(
		''
	);
	expect(describePairs(null)).toBe('');
});

describe('describeMeasuring', () => {
	function setUp(wanted: string[]) {
		const { calls, method } = fakeCalls<'measureDeclarations'>();
		const measurements = new Measurements({ measureDeclarations: method }, {});
		const described = (...tokenizers: string[]) =>
			describeMeasuring(measurements, tokenizers, wanted, (id) => id.toUpperCase());
		const answer = async (...answered: number[]) => {
			for (const call of answered)
				calls[call].resolve(calls[call].params.codes.map(() => measureOf(1)));
			await settle();
		};
		return { measurements, calls, described, answer };
	}

	it('says what is loading and how many texts are left', async () => {
		const codes = ['eng', 'tur'];
		const { measurements, calls, described, answer } = setUp(codes);
		expect(described('a')).toBeNull();
		measurements.want(['a', 'b'], codes);
		expect(described('a', 'b')).toBe('Measuring: 4 texts left…');
		calls[1].options.onprogress?.({ phase: 'prepare' });
		expect(described('a', 'b')).toBe('Preparing the vocabulary…');
		await answer(0, 1);
		expect(described('a', 'b')).toBeNull();
	});

	it('says after a stop how many are measured in each tokenizer', async () => {
		const codes = Array.from({ length: 60 }, (_, i) => `l${i}`);
		const { measurements, described, answer } = setUp(codes);
		measurements.want(['a', 'b'], codes);
		await answer(0);
		measurements.stop();
		expect(described('a', 'b')).toBe(
			'Stopped. Languages measured so far, out of 60: 48 with A and 0 with B.'
		);
	});
});

describe('the rule about suffixes', () => {
	const cost = (name: string, premium: number) => ({ language: languageOf(name, name), premium });
	const turkish = cost('Turkish', 1.46);
	const finnish = cost('Finnish', 2.18);
	const german = cost('German, Standard (1996)', 1.66);

	it('is refuted by a language with few suffixes that takes at least as many tokens', () => {
		const costs = { tokenizer: 'llama3', many: [turkish, finnish], few: [german] };
		expect(compareCosts(costs)).toBe(
			'Turkish takes no more tokens than German, so the rule does not hold.'
		);
		expect(compareCosts({ ...costs, many: [finnish] })).toBe(
			'Even Finnish takes more tokens than German.'
		);
		expect(compareCosts({ ...costs, few: [cost('Spanish', 1.46)] })).toMatch(/does not hold/);
	});

	it('is shown with the figures of both kinds of languages', () => {
		expect(formatCosts([turkish, finnish])).toBe('1.46 to 2.18');
		expect(formatCosts([german])).toBe('1.66');
		expect(nameLanguages([turkish, german, finnish])).toBe('Finnish, German and Turkish');
	});
});

it('writes a ratio without zeros at its end in a sentence', () => {
	expect([15.7, 4.204, 1, 20, 247].map(formatMultiple)).toEqual(['15.7', '4.2', '1', '20', '247']);
});

it.each([
	[['house', 'plural', 'your', 'from'], /^each suffix is a token of its own\.$/],
	[
		[null, null, 'from'],
		/^of the suffixes -ler \(plural\), .*, only -den is a token of its own\.$/
	],
	[['house', 'plural', null, 'from'], /only -ler and -den are tokens of their own\.$/],
	[[null], /^none of the suffixes -ler \(plural\), -iniz \(your\) and -den \(from\) is a token/]
])('says which suffixes are tokens: %j', (meanings, sentence) => {
	expect(describeWord(meanings)).toMatch(sentence);
});

it.each([
	[131_072_000, 'B', '131 MB'],
	[1.6384e13, 'FLOP', '16.4 TFLOP'],
	[512, 'B', '512 B'],
	[1000, 'B', '1 kB'],
	[0, 'B', '0 B']
])('formats three digits of %d with a prefix', (value, unit, formatted) => {
	expect(formatWithPrefix(value, unit)).toBe(formatted);
});
