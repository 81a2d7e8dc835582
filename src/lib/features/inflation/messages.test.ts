import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import { Measurements, type MeasurementsOptions } from './measurements.svelte';
import {
	describeBoundaries,
	describeClaim,
	describeCompared,
	equalitySign,
	describeMeasuring,
	describeLegend,
	describeParts,
	describeRank,
	describeVerdict,
	formatWithPrefix
} from './messages';

describe('describeMeasuring', () => {
	function setUp(wanted: string[], options: MeasurementsOptions = {}) {
		const { calls, method } = fakeCalls<'measureDeclarations'>();
		const measurements = new Measurements({ measureDeclarations: method }, {}, options);
		const described = (...tokenizers: string[]) =>
			describeMeasuring({ measurements, tokenizers, wanted }, (id) => id.toUpperCase());
		const answer = async (...answered: number[]) => {
			for (const call of answered)
				calls[call].resolve({ measures: calls[call].params.codes.map(() => measureOf(1)) });
			await settle();
		};
		return { measurements, calls, described, answer };
	}

	it('says what is loading, how many texts are left, and how long it took', async () => {
		let time = 0;
		const codes = ['eng', 'tur'];
		const { measurements, calls, described, answer } = setUp(codes, { now: () => time });
		expect(described('a')).toBeNull();
		measurements.want(['a', 'b'], codes);
		expect(described('a', 'b')).toBe('Measuring: 4 texts left …');
		calls[1].options.onprogress?.({ phase: 'prepare' });
		expect(described('a', 'b')).toBe('Preparing the vocabulary …');
		time = 840;
		await answer(0, 1);
		expect(described('a', 'b')).toBe('Measured in this browser: 4 texts in 0.8 s.');
	});

	it('says after a stop how many are measured, per tokenizer if they differ', async () => {
		const codes = Array.from({ length: 60 }, (_, i) => `l${i}`);
		const { measurements, described, answer } = setUp(codes);
		measurements.want(['a', 'b'], codes);
		measurements.stop();
		expect(described('a', 'b')).toBe('Stopped after 0 of 60 languages.');
		measurements.resume();
		await answer(2);
		measurements.stop();
		expect(described('a', 'b')).toBe(
			'Stopped. Of 60 languages, these are measured: 48 in A and 0 in B.'
		);
	});
});

describe('the suffix claim', () => {
	const turkish = languageOf('tur', 'Turkish');
	const finnish = languageOf('fin', 'Finnish');
	const german = languageOf('deu_1996', 'German, Standard (1996)');
	const spanish = languageOf('spa', 'Spanish');

	it('is described with the figures of both kinds of languages in one tokenizer', () => {
		const weakest = {
			tokenizer: 0,
			many: { languages: [turkish, finnish], lowest: 1.46, highest: 2.18 },
			few: { languages: [german, spanish], lowest: 1.47, highest: 1.66 }
		};
		expect(describeClaim({ confirmed: 0, weakest }, 'llama3', 'English')).toBe(
			'In llama3, Turkish and Finnish take 1.46 to 2.18 times the tokens of English, and German and Spanish 1.47 to 1.66 times.'
		);
		const one = { languages: [turkish], lowest: 1.52, highest: 1.52 };
		expect(
			describeClaim({ confirmed: 1, weakest: { ...weakest, many: one } }, 'gpt2', 'Burmese')
		).toMatch(/^In gpt2, Turkish takes 1.52 times the tokens of Burmese,/);
	});

	it.each([
		[1, 1, 'Yes'],
		[0, 1, 'No'],
		[2, 2, 'Yes, in both tokenizers'],
		[3, 3, 'Yes, in all 3 tokenizers'],
		[2, 3, 'In 2 of 3 tokenizers'],
		[0, 3, 'No']
	])('is confirmed in %i of %i tokenizers: %s', (confirmed, all, verdict) => {
		expect(describeVerdict({ confirmed }, all)).toBe(verdict);
	});
});

it.each([
	[
		{ premium: 15.7, bytesPerChar: 2.84, length: 1, tokensPerByte: 4.73 },
		['more bytes to store', 'about as long', 'knows less Burmese, so tokens are shorter']
	],
	[
		{ premium: 0.5, bytesPerChar: 0.9, length: 0.7, tokensPerByte: 0.8 },
		['fewer bytes to store', 'is shorter', 'has longer tokens for Burmese']
	]
])('says in plain words what each part of a premium means: %j', (parts, endings) => {
	describeParts(parts, 'Burmese').forEach(({ meaning }, i) =>
		expect(meaning).toMatch(new RegExp(`${endings[i]}$`))
	);
});

it.each([
	['ab', /^Filled: a\. Hollow: b\. 1×/],
	['a', /^Dots: a\. 1×: as many tokens as English/],
	['abc', /^1×/]
])('explains the marks of %s', (names, legend) => {
	const series = [...names].map((name) => ({ name }));
	expect(describeLegend(series, 'English')).toMatch(legend);
});

it.each([
	[1, 'most expensive of 521'],
	[2, '2nd most expensive of 521'],
	[8, '8th most expensive of 521'],
	[21, '21st most expensive of 521']
])('ranks from the most expensive: %i', (rank, description) => {
	expect(describeRank({ rank, of: 521 })).toBe(description);
});

it('says whether the factors as shown multiply to the premium', () => {
	const parts = { bytesPerChar: 1.08, length: 0.97, tokensPerByte: 1.94 };
	// 1.08 × 0.97 × 1.94 = 2.0323…
	expect(equalitySign({ ...parts, premium: 2.02 })).toBe('≈');
	expect(equalitySign({ ...parts, premium: 2.032 })).toBe('=');
});

it.each([
	[
		describeBoundaries({ suffixes: 6, matched: 4, inside: 2 }),
		'A token ends at 4 of the 6 suffix boundaries, and twice inside a part of the word.'
	],
	[describeBoundaries({ suffixes: 3, matched: 3, inside: 0 }), 'A token ends at 3 of the 3 suffix'],
	[describeCompared(12, 12), '12 languages'],
	[describeCompared(60, 1521), '60 of 1,521 languages']
])('describes suffixes and languages: %s', (description, expected) => {
	expect(description).toContain(expected);
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
