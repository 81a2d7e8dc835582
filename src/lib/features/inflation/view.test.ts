import { expect, it } from 'vitest';
import { INFLATION_NAMES } from '../../../../tests/support/fake-address';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import { INFLATION_FIELDS } from '../../session/documents/inflation';
import { readLink } from '../../session/documents/schema';
import { Measurements } from './measurements.svelte';
import { describeMissingPremium } from './messages';
import { InflationView } from './view.svelte';

const LANGUAGES = [
	languageOf('eng', 'English'),
	languageOf('tur', 'Turkish'),
	languageOf('mya', 'Burmese', { script: 'Myanmar' }),
	languageOf('shn', 'Shan', { script: 'Myanmar' })
];
const MEASURES = {
	a: {
		eng: measureOf(100, { bytes: 200, chars: 200 }),
		tur: measureOf(200, { bytes: 300, chars: 250 }),
		mya: measureOf(900)
	},
	b: { eng: measureOf(100), tur: measureOf(150), mya: measureOf(300) }
};

function setUp(
	measures: ConstructorParameters<typeof Measurements>[1] = MEASURES,
	languages = LANGUAGES
) {
	const { method, calls } = fakeCalls<'measureDeclarations'>();
	const measurements = new Measurements({ measureDeclarations: method }, measures);
	const plain = readLink(INFLATION_FIELDS, new URLSearchParams(), INFLATION_NAMES).values;
	const value = { ...plain, tokenizers: ['a', 'b'] as readonly string[] };
	const first = ['eng', 'tur', 'mya'];
	const view = new InflationView(measurements, { all: languages, first }, value);
	return { value, view, measurements, calls };
}
const shown = (view: InflationView) => view.rows.map(({ language }) => language.code);

it('shows the first languages, the most expensive first, until all are asked for', () => {
	const { value, view } = setUp();
	expect(shown(view)).toEqual(['mya', 'tur', 'eng']);
	value.all = true;
	expect(shown(view)).toEqual(['mya', 'tur', 'eng', 'shn']);
	expect(view.wanted).toContain('shn');
});

it('searches all languages, even if only the first ones are shown', () => {
	const { value, view } = setUp();
	value.search = 'sha';
	expect(shown(view)).toEqual(['shn']);
	expect(view.wanted).toEqual(['eng', 'tur', 'mya', 'shn']);
	value.search = '';
	value.script = 'Myanmar';
	expect(shown(view)).toEqual(['mya', 'shn']);
});

it('excludes what a tokenizer drops, and says so', () => {
	const dropped = measureOf(20, { droppedBytes: 80 });
	const { value, view } = setUp({ a: MEASURES.a, b: { ...MEASURES.b, mya: dropped } });
	// Whatever is searched.
	value.search = 'tur';
	expect([view.comparedCount, view.premiumsOf('mya')]).toEqual([3, [9, null]]);
	expect(view.dropping).toEqual([
		{ tokenizer: 'b', excluded: 1, measured: 3, isBaselineExcluded: false }
	]);

	value.chosen = 'mya';
	value.detail = 'b';
	// Another tokenizer's explanation does not replace a missing one.
	expect(view.explained).toBeNull();
	expect(describeMissingPremium(view, (id) => id.toUpperCase())).toBe(
		'B drops part of the text in Burmese, so there is no premium.'
	);
	value.chosen = 'shn';
	expect(describeMissingPremium(view, (id) => id)).toBe('Shan is not measured in b yet.');
	value.detail = 'a';
	value.chosen = 'tur';
	expect(view.explained?.tokenizer).toBe('a');
});

it('offers the default baseline first, and compares with another at once', () => {
	const { value, view } = setUp();
	const names = view.baselines.map(({ name }) => name);
	expect(names).toEqual(['English', 'Turkish', 'Burmese', 'Shan']);
	value.baseline = 'tur';
	expect(view.premiumsOf('eng')).toEqual([0.5, 100 / 150]);
	expect(view.scale.at(1)).toBeGreaterThan(0);
	value.baseline = 'tlh';
	expect(() => view.baseline).toThrow('There is no declaration “tlh”.');
});

it('explains the chosen language by parts that multiply to its premium', () => {
	const { value, view } = setUp();
	const parts = view.explained?.parts;
	expect(parts).toMatchObject({ premium: 2, bytesPerChar: 1.2, length: 1.25 });
	expect(parts?.tokensPerByte).toBeCloseTo(2 / (1.2 * 1.25), 12);
	value.chosen = 'shn';
	expect(view.explained).toBeNull();
});

it('names the most expensive of the first languages or of all, in any tokenizer', () => {
	const { value, view } = setUp();
	expect(view.mostExpensive).toEqual({ language: LANGUAGES[2], tokenizer: 'a', premium: 9 });
	value.tokenizers = ['b', 'a'];
	value.detail = 'b';
	expect(view.mostExpensive?.tokenizer).toBe('a');
	expect(view.premiumsOf('mya')).toEqual([3, 9]);
	value.baseline = 'mya';
	expect(view.mostExpensive).toBeNull();
});

it('checks the claim about suffixes, and not before Spanish is measured', () => {
	const measures = {
		a: { eng: measureOf(10), tur: measureOf(15), spa: measureOf(16) },
		b: { eng: measureOf(10), tur: measureOf(20), spa: measureOf(15) }
	};
	const languages = [...LANGUAGES, languageOf('spa', 'Spanish')];
	const { view } = setUp(measures, languages);
	expect(view.claim).toMatchObject({ confirmed: 1, weakest: { tokenizer: 0 } });
	expect(setUp().view.claim).toBeNull();
});

it('ranks the chosen language in each tokenizer, the most expensive first', () => {
	const { value, view } = setUp();
	expect(view.ranks).toEqual([
		{ rank: 2, of: 3 },
		{ rank: 2, of: 3 }
	]);
	value.chosen = 'mya';
	expect(view.ranks[0]).toEqual({ rank: 1, of: 3 });
	// One of all is not measured, so nothing has a rank among them.
	value.all = true;
	expect(view.ranks).toEqual([null, null]);
	value.chosen = 'shn';
	expect(view.ranks).toEqual([null, null]);
});

it('knows that the headline awaits a tokenizer, until it is measured or fails', async () => {
	const { value, view, measurements, calls } = setUp();
	measurements.want(view.tokenizers, view.wanted);
	// Measured again, but known.
	expect(view.isHeadlineAwaited).toBe(false);
	value.tokenizers = ['a', 'c'];
	measurements.want(view.tokenizers, view.wanted);
	expect(view.isHeadlineAwaited).toBe(true);
	await Promise.resolve();
	calls.at(-1)?.reject(new Error('no network'));
	await settle();
	expect(view.isHeadlineAwaited).toBe(false);
});

it('shows details of a chosen tokenizer, and sorts by one', () => {
	const { value, view } = setUp();
	value.detail = 'b';
	value.sort = 'b';
	expect([view.detail, view.order]).toEqual(['b', { tokenizer: 1 }]);
	value.tokenizers = ['a'];
	expect([view.detail, view.order]).toEqual(['a', { tokenizer: 0 }]);
	// Rows stay sorted by the same tokenizer when its index changes.
	value.tokenizers = ['b', 'c'];
	expect(view.order).toEqual({ tokenizer: 0 });
	value.tokenizers = ['c', 'a', 'b'];
	expect([view.order, view.measuringOrder]).toEqual([{ tokenizer: 2 }, ['b', 'c', 'a']]);
	value.tokenizers = [];
	expect(view.detail).toBeNull();
	expect(view.rows.map(({ premiums }) => premiums)).toEqual([[], [], []]);
});
