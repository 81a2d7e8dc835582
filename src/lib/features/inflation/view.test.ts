import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
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
	const view = new InflationView(measurements, {
		languages,
		first: ['eng', 'tur', 'mya'],
		tokenizers: ['a', 'b'],
		baseline: 'eng',
		chosen: 'tur'
	});
	return { view, measurements, calls };
}
const fakeView = (...args: Parameters<typeof setUp>) => setUp(...args).view;
const shown = (view: InflationView) => view.rows.map(({ language }) => language.code);

it('shows the first languages, the most expensive first, until all are asked for', () => {
	const view = fakeView();
	expect(shown(view)).toEqual(['mya', 'tur', 'eng']);
	view.all = true;
	expect(shown(view)).toEqual(['mya', 'tur', 'eng', 'shn']);
	expect(view.wanted).toContain('shn');
});

it('searches all languages, even if only the first ones are shown', () => {
	const view = fakeView();
	view.search = 'sha';
	expect(shown(view)).toEqual(['shn']);
	expect(view.wanted).toEqual(['eng', 'tur', 'mya', 'shn']);
	view.search = '';
	view.script = 'Myanmar';
	expect(shown(view)).toEqual(['mya', 'shn']);
});

it('excludes what a tokenizer drops, and says so', () => {
	const dropped = measureOf(20, { droppedBytes: 80 });
	const view = fakeView({ a: MEASURES.a, b: { ...MEASURES.b, mya: dropped } });
	// Whatever is searched.
	view.search = 'tur';
	expect([view.comparedCount, view.premiumsOf('mya')]).toEqual([3, [9, null]]);
	expect(view.dropping).toEqual([
		{ tokenizer: 'b', excluded: 1, measured: 3, isBaselineExcluded: false }
	]);

	view.choose('mya');
	view.setDetail('b');
	// Another tokenizer's explanation does not replace a missing one.
	expect(view.explained).toBeNull();
	expect(describeMissingPremium(view, (id) => id.toUpperCase())).toBe(
		'B drops part of the text in Burmese, so there is no premium.'
	);
	view.choose('shn');
	expect(describeMissingPremium(view, (id) => id)).toBe('Shan is not measured in b yet.');
	view.setDetail('a');
	view.choose('tur');
	expect(view.explained?.tokenizer).toBe('a');
});

it('offers the default baseline first, and compares with another at once', () => {
	const view = fakeView();
	const names = view.baselines.map(({ name }) => name);
	expect(names).toEqual(['English', 'Turkish', 'Burmese', 'Shan']);
	view.setBaseline('tur');
	expect(view.premiumsOf('eng')).toEqual([0.5, 100 / 150]);
	expect(view.scale.at(1)).toBeGreaterThan(0);
	expect(() => view.setBaseline('tlh')).toThrow('There is no declaration “tlh”.');
});

it('explains the chosen language by parts that multiply to its premium', () => {
	const view = fakeView();
	const parts = view.explained?.parts;
	expect(parts).toMatchObject({ premium: 2, bytesPerChar: 1.2, length: 1.25 });
	expect(parts?.tokensPerByte).toBeCloseTo(2 / (1.2 * 1.25), 12);
	view.choose('shn');
	expect(view.explained).toBeNull();
});

it('names the most expensive of the first languages or of all, in any tokenizer', () => {
	const view = fakeView();
	expect(view.mostExpensive).toEqual({ language: LANGUAGES[2], tokenizer: 'a', premium: 9 });
	view.setTokenizers(['b', 'a']);
	view.setDetail('b');
	expect(view.mostExpensive?.tokenizer).toBe('a');
	expect(view.premiumsOf('mya')).toEqual([3, 9]);
	view.setBaseline('mya');
	expect(view.mostExpensive).toBeNull();
});

it('checks the claim about suffixes, and not before Spanish is measured', () => {
	const measures = {
		a: { eng: measureOf(10), tur: measureOf(15), spa: measureOf(16) },
		b: { eng: measureOf(10), tur: measureOf(20), spa: measureOf(15) }
	};
	const languages = [...LANGUAGES, languageOf('spa', 'Spanish')];
	const { claim } = fakeView(measures, languages);
	expect(claim).toMatchObject({ confirmed: 1, weakest: { tokenizer: 0 } });
	expect(fakeView().claim).toBeNull();
});

it('ranks the chosen language in each tokenizer, the most expensive first', () => {
	const view = fakeView();
	expect(view.ranks).toEqual([
		{ rank: 2, of: 3 },
		{ rank: 2, of: 3 }
	]);
	view.choose('mya');
	expect(view.ranks[0]).toEqual({ rank: 1, of: 3 });
	// One of all is not measured, so nothing has a rank among them.
	view.all = true;
	expect(view.ranks).toEqual([null, null]);
	view.choose('shn');
	expect(view.ranks).toEqual([null, null]);
});

it('knows that the headline awaits a tokenizer, until it is measured or fails', async () => {
	const { view, measurements, calls } = setUp();
	measurements.want(view.tokenizers, view.wanted);
	// Measured again, but known.
	expect(view.isHeadlineAwaited).toBe(false);
	view.setTokenizers(['a', 'c']);
	measurements.want(view.tokenizers, view.wanted);
	expect(view.isHeadlineAwaited).toBe(true);
	await Promise.resolve();
	calls.at(-1)?.reject(new Error('no network'));
	await settle();
	expect(view.isHeadlineAwaited).toBe(false);
});

it('shows details of a chosen tokenizer, and sorts by one', () => {
	const view = fakeView();
	view.setDetail('b');
	view.order = { tokenizer: 1 };
	expect(view.detail).toBe('b');
	view.setTokenizers(['a']);
	expect([view.detail, view.order]).toEqual(['a', { tokenizer: 0 }]);
	// Rows stay sorted by the same tokenizer when its index changes.
	view.setTokenizers(['a', 'b', 'c']);
	view.order = { tokenizer: 1 };
	view.setTokenizers(['b', 'c']);
	expect(view.order).toEqual({ tokenizer: 0 });
	view.setTokenizers(['c', 'a', 'b']);
	expect(view.order).toEqual({ tokenizer: 2 });
	view.setTokenizers([]);
	expect(view.detail).toBeNull();
	expect(view.rows.map(({ premiums }) => premiums)).toEqual([[], [], []]);
});
