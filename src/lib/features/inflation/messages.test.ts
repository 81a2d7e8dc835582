import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { fakeMeasureCache, languageOf, measureOf } from '../../../../tests/support/inflation';
import { Measurements } from './measurements.svelte';
import {
	describeBoundaries,
	describeClaim,
	equalitySign,
	describeCompared,
	describeEmptyTexts,
	describeMeasuring,
	describeLegend,
	describeParts,
	describeRank,
	describeVerdict,
	formatList,
	formatWithPrefix
} from './messages';

describe('describeMeasuring', () => {
	it('says what is loading, how many texts are left, and how long it took', async () => {
		const { calls, method } = fakeCalls<'measureDeclarations'>();
		let time = 0;
		const measurements = new Measurements({ measureDeclarations: method }, {}, { now: () => time });
		const describeIn = (ids: string[]) =>
			describeMeasuring({ measurements, tokenizers: ids, wanted: ['eng', 'tur'] }, (id) =>
				id.toUpperCase()
			);
		expect(describeIn(['a'])).toBeNull();
		measurements.want(['a', 'b'], ['eng', 'tur']);
		expect(describeIn(['a', 'b'])).toBe('Measuring: 4 texts left …');
		calls[1].options.onprogress?.({ phase: 'prepare' });
		expect(describeIn(['a', 'b'])).toBe('Preparing the vocabulary …');
		time = 840;
		for (const { resolve } of calls) resolve({ measures: [measureOf(1), measureOf(2)] });
		await settle();
		expect(describeIn(['a', 'b'])).toBe('Measured in this browser: 4 texts in 0.8 s.');
	});

	it('says after a stop how many are measured, per tokenizer if they differ', async () => {
		const { calls, method } = fakeCalls<'measureDeclarations'>();
		const measurements = new Measurements({ measureDeclarations: method }, {});
		const done = () =>
			describeMeasuring({ measurements, tokenizers: ['a', 'b'], wanted: codes }, (id) =>
				id.toUpperCase()
			);
		const codes = Array.from({ length: 60 }, (_, i) => `l${i}`);
		const answer = async (call: number) => {
			calls[call].resolve({ measures: calls[call].params.codes.map(() => measureOf(1)) });
			await settle();
		};
		measurements.want(['a', 'b'], codes);
		measurements.stop();
		expect(done()).toBe('Stopped after 0 of 60 languages.');
		measurements.resume();
		await answer(2);
		measurements.stop();
		expect(done()).toBe('Stopped. Of 60 languages, these are measured: 48 in A and 0 in B.');
	});

	it('says what is cached from an earlier visit', async () => {
		const { calls, method } = fakeCalls<'measureDeclarations'>();
		const cache = fakeMeasureCache({ a: { eng: measureOf(3) } });
		const measurements = new Measurements(
			{ measureDeclarations: method },
			{},
			{ cache, now: () => 0 }
		);
		const done = () =>
			describeMeasuring({ measurements, tokenizers: ['a'], wanted: ['eng', 'tur'] }, (id) => id);
		measurements.want(['a'], ['eng']);
		await settle();
		expect(done()).toBe('1 text cached from an earlier visit.');
		measurements.want(['a'], ['eng', 'tur']);
		calls[0].resolve({ measures: [measureOf(1)] });
		await settle();
		expect(done()).toBe(
			'Measured in this browser: 1 text in 0.1 s. 1 text cached from an earlier visit.'
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

	it('has a verdict', () => {
		const verdictOf = (confirmed: number, all: number) => describeVerdict({ confirmed }, all);
		expect([verdictOf(1, 1), verdictOf(0, 1)]).toEqual(['Yes', 'No']);
		expect(verdictOf(2, 2)).toBe('Yes, in both tokenizers');
		expect([3, 2, 0].map((confirmed) => verdictOf(confirmed, 3))).toEqual([
			'Yes, in all 3 tokenizers',
			'In 2 of 3 tokenizers',
			'No'
		]);
	});
});

it('says in plain words what each part of a premium means', () => {
	const parts = { premium: 15.7, bytesPerChar: 2.84, length: 1, tokensPerByte: 4.73 };
	expect(describeParts(parts, 'Burmese').map(({ meaning }) => meaning)).toEqual([
		'its script takes more bytes to store',
		'the same text is about as long',
		'the vocabulary knows less Burmese, so tokens are shorter'
	]);
	const cheap = { premium: 0.5, bytesPerChar: 0.9, length: 0.7, tokensPerByte: 0.8 };
	expect(describeParts(cheap, 'Chinese').map(({ meaning }) => meaning)).toEqual([
		'its script takes fewer bytes to store',
		'the same text is shorter',
		'the vocabulary has longer tokens for Chinese'
	]);
});

it('explains the marks of one, two and several tokenizers', () => {
	const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name }));
	expect(describeLegend([a, b], 'English')).toMatch(/^Filled: a\. Hollow: b\. 1×/);
	expect(describeLegend([a], 'English')).toMatch(/^Dots: a\. 1×: as many tokens as English/);
	expect(describeLegend([a, b, c], 'English')).toMatch(/^1×/);
});

it('ranks from the most expensive', () => {
	expect([1, 2, 8, 21].map((rank) => describeRank({ rank, of: 521 }))).toEqual([
		'most expensive of 521',
		'2nd most expensive of 521',
		'8th most expensive of 521',
		'21st most expensive of 521'
	]);
});

it('says how many languages are compared', () => {
	expect([describeCompared(12, 12), describeCompared(60, 1521)]).toEqual([
		'12 languages',
		'60 of 1,521 languages'
	]);
});

it('says whether the factors as shown multiply to the premium', () => {
	const parts = { bytesPerChar: 1.08, length: 0.97, tokensPerByte: 1.94 };
	// 1.08 × 0.97 × 1.94 = 2.0323…
	expect(equalitySign({ ...parts, premium: 2.02 })).toBe('≈');
	expect(equalitySign({ ...parts, premium: 2.032 })).toBe('=');
});

it('describes how tokens and suffixes agree', () => {
	expect(describeBoundaries({ suffixes: 6, matched: 4, inside: 2 })).toBe(
		'A token ends at 4 of the 6 suffix boundaries, and twice inside a part of the word.'
	);
	expect(describeBoundaries({ suffixes: 3, matched: 3, inside: 0 })).toBe(
		'A token ends at 3 of the 3 suffix boundaries.'
	);
});

it('asks for the missing texts', () => {
	expect(describeEmptyTexts(['Turkish'], false)).toBe(
		'Enter a text for Turkish to see its premium.'
	);
	expect(describeEmptyTexts(['text 1', 'Turkish'], true)).toBe(
		'Enter a text for text 1 and Turkish to see their premiums. The others are compared with the first text.'
	);
});

it('joins names as in a sentence', () => {
	expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(formatList)).toEqual([
		'',
		'a',
		'a and b',
		'a, b and c'
	]);
});

it('formats three digits with a prefix', () => {
	expect(formatWithPrefix(131_072_000, 'B')).toBe('131 MB');
	expect(formatWithPrefix(1.6384e13, 'FLOP')).toBe('16.4 TFLOP');
	expect(formatWithPrefix(512, 'B')).toBe('512 B');
	expect(formatWithPrefix(1000, 'B')).toBe('1 kB');
	expect(formatWithPrefix(0, 'B')).toBe('0 B');
});
