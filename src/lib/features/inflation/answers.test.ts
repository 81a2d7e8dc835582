import { expect, it } from 'vitest';
import { INFLATION_NAMES } from '../../../../tests/support/fake-address';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { FOUR_LANGUAGES, measureOf } from '../../../../tests/support/inflation';
import { INFLATION_FIELDS } from '../../session/documents/inflation';
import { readLink } from '../../session/documents/schema';
import { InflationAnswers } from './answers.svelte';
import { Measurements } from './measurements.svelte';
import { describeMissingPremium } from './messages';

const MEASURES = {
	a: {
		eng: measureOf(100, { bytes: 200, chars: 200 }),
		tur: measureOf(200, { bytes: 300, chars: 250 }),
		mya: measureOf(900)
	},
	b: { eng: measureOf(100), tur: measureOf(150), mya: measureOf(300) }
};

function setUp(measures: ConstructorParameters<typeof Measurements>[1] = MEASURES) {
	const { method, calls } = fakeCalls<'measureDeclarations'>();
	const measurements = new Measurements({ measureDeclarations: method }, measures);
	const link = new URLSearchParams();
	const plain = readLink(INFLATION_FIELDS, link, INFLATION_NAMES, expect.unreachable);
	const value = { ...plain, tokenizers: ['a', 'b'] as readonly string[] };
	const first = ['eng', 'tur', 'mya'];
	const answers = new InflationAnswers(measurements, { all: FOUR_LANGUAGES, first }, value);
	return { answers, calls, measurements, value };
}
const shown = (answers: InflationAnswers) => answers.rows.map(({ language }) => language.code);

it('shows the first languages, the most expensive first, until all are asked for', () => {
	const { answers, value } = setUp();
	expect(shown(answers)).toEqual(['mya', 'tur', 'eng']);
	value.all = true;
	expect(shown(answers)).toEqual(['mya', 'tur', 'eng', 'shn']);
	expect(answers.wanted).toContain('shn');
});

it('searches all languages, even if only the first ones are shown', () => {
	const { answers, value } = setUp();
	value.search = 'sha';
	expect(shown(answers)).toEqual(['shn']);
	expect(answers.wanted).toEqual(['eng', 'tur', 'mya', 'shn']);
	value.search = '';
	value.script = 'Myanmar';
	expect(shown(answers)).toEqual(['mya', 'shn']);
});

it('excludes what a tokenizer drops, and says so', () => {
	const dropped = measureOf(20, { droppedBytes: 80 });
	const { answers, value } = setUp({ a: MEASURES.a, b: { ...MEASURES.b, mya: dropped } });
	// A search doesn't affect them.
	value.search = 'tur';
	expect(answers.premiumsOf('mya')).toEqual([9, null]);
	expect(answers.dropping).toEqual([
		{ tokenizer: 'b', excluded: 1, measured: 3, isBaselineExcluded: false }
	]);

	value.chosen = 'mya';
	value.detail = 'b';
	// A missing explanation isn't replaced by a different tokenizer's.
	expect(answers.explained).toBeNull();
	expect(describeMissingPremium(answers, (id) => id.toUpperCase())).toBe(
		'B drops part of the text in Burmese, so there is no premium.'
	);
	value.chosen = 'shn';
	expect(describeMissingPremium(answers, (id) => id)).toBe(
		'Shan has not been measured with b yet.'
	);
	value.detail = 'a';
	value.chosen = 'tur';
	expect(answers.explained?.tokenizer).toBe('a');
});

it('offers the default baseline first, and compares with another at once', () => {
	const { answers, value } = setUp();
	const names = answers.baselines.map(({ name }) => name);
	expect(names).toEqual(['English', 'Turkish', 'Burmese', 'Shan']);
	value.baseline = 'tur';
	expect(answers.premiumsOf('eng')).toEqual([0.5, 100 / 150]);
	expect(answers.scale.at(1)).toBeGreaterThan(0);
	value.baseline = 'tlh';
	expect(() => answers.baseline).toThrow('There is no declaration “tlh”.');
});

it('explains the chosen language by parts that multiply to its premium', () => {
	const { answers, value } = setUp();
	value.chosen = 'tur';
	const parts = answers.explained?.parts;
	expect(parts).toMatchObject({ premium: 2, bytesPerChar: 1.2, length: 1.25 });
	expect(parts?.tokensPerByte).toBeCloseTo(2 / (1.2 * 1.25), 12);
	value.chosen = 'shn';
	expect(answers.explained).toBeNull();
});

it('says so if a tokenizer drops the baseline only', () => {
	const shn = measureOf(10, { droppedBytes: 60 });
	const { answers, value } = setUp({ a: { ...MEASURES.a, shn } });
	value.baseline = 'shn';
	expect(answers.dropping).toEqual([
		{ tokenizer: 'a', excluded: 0, measured: 3, isBaselineExcluded: true }
	]);
	expect(answers.mostExpensive).toBeNull();
	expect(describeMissingPremium(answers, (id) => id)).toBe(
		'a drops part of the text in Shan, so there is no premium.'
	);
});

it('finds the most expensive of the first languages, with its premium in each tokenizer', () => {
	const { answers, value } = setUp();
	const found = (code: string, a: number, b: number) => ({
		language: answers.language(code),
		premiums: [
			{ tokenizer: 'a', premium: a },
			{ tokenizer: 'b', premium: b }
		]
	});
	expect(answers.mostExpensive).toEqual(found('mya', 9, 3));
	value.baseline = 'mya';
	expect(answers.mostExpensive).toEqual(found('tur', 200 / 900, 0.5));
	value.tokenizers = [];
	expect(answers.mostExpensive).toBeNull();
});

it('explains the language that the claim names, until another one is chosen', () => {
	const { answers, value } = setUp();
	expect(answers.chosen.code).toBe('mya');
	expect(answers.explained).toMatchObject({ tokenizer: 'a', parts: { premium: 9 } });
	value.baseline = 'mya';
	expect(answers.chosen.code).toBe('tur');
	value.chosen = 'eng';
	expect(answers.chosen.code).toBe('eng');
	// Nothing is measured yet.
	expect(setUp({}).answers.chosen.code).toBe('tur');
});

it('never claims anything of a tokenizer or a list of languages that is measured in part', () => {
	const measures = { a: MEASURES.a, b: { eng: measureOf(1), tur: measureOf(70) } };
	const { answers, value } = setUp(measures);
	// Turkish's 70 is provisional, because Burmese isn't measured in b.
	expect(answers.mostExpensive?.premiums).toEqual([{ tokenizer: 'a', premium: 9 }]);
	value.all = true;
	expect(answers.summarized).toHaveLength(3);
	const all = { a: { ...MEASURES.a, shn: measureOf(1200) } };
	const complete = setUp(all);
	Object.assign(complete.value, { tokenizers: ['a'], all: true });
	expect(complete.answers.summarized).toHaveLength(4);
	expect(complete.answers.mostExpensive?.language.code).toBe('shn');
});

it('awaits a tokenizer until it is measured or fails, or until measuring is stopped', async () => {
	const { answers, calls, measurements, value } = setUp();
	const want = () => measurements.want(value.tokenizers, answers.wanted);
	want();
	// Being measured again, but already known.
	expect(answers.isAwaited).toBe(false);
	value.tokenizers = ['a', 'c'];
	want();
	expect(answers.isAwaited).toBe(true);
	measurements.stop();
	expect(answers.isAwaited).toBe(false);
	measurements.resume();
	expect(answers.isAwaited).toBe(true);
	await Promise.resolve();
	calls.at(-1)?.reject(new Error('no network'));
	await settle();
	expect(answers.isAwaited).toBe(false);
	value.all = true;
	want();
	expect(answers.isAwaited).toBe(true);
});

it('shows details of a chosen tokenizer, and sorts by one', () => {
	const { answers, value } = setUp();
	value.detail = 'b';
	value.sort = 'b';
	expect([answers.detail, answers.order]).toEqual(['b', { tokenizer: 1 }]);
	value.tokenizers = ['a'];
	expect([answers.detail, answers.order]).toEqual(['a', { tokenizer: 0 }]);
	// Rows stay sorted by the same tokenizer when its index changes.
	value.tokenizers = ['b', 'c'];
	expect(answers.order).toEqual({ tokenizer: 0 });
	value.tokenizers = ['c', 'a', 'b'];
	expect([answers.order, answers.measuringOrder]).toEqual([{ tokenizer: 2 }, ['b', 'c', 'a']]);
	value.tokenizers = [];
	expect(answers.detail).toBeNull();
	expect(answers.rows.map(({ premiums }) => premiums)).toEqual([[], [], []]);
});
