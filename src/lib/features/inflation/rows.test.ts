import type { RowOrder } from '../../session/links/inflation';
import { describe, expect, it } from 'vitest';
import { languageOf, measureOf } from '../../../../tests/support/inflation';
import { bestFirst, byName, rowsOf, scriptsOf } from './rows';

const LANGUAGES = [
	languageOf('eng', 'English'),
	languageOf('tur', 'Turkish', { ownName: 'Türkçe' }),
	languageOf('mya', 'Burmese', { script: 'Myanmar', ownName: 'မြန်မာ' }),
	languageOf('shn', 'Shan', { script: 'Myanmar' })
];
const A = new Map([
	['eng', measureOf(100)],
	['tur', measureOf(202)],
	['mya', measureOf(1570)]
]);
const B = new Map([
	['eng', measureOf(100)],
	['tur', measureOf(152)],
	['mya', measureOf(50)]
]);

const names = (order: RowOrder, baseline = 'eng') =>
	rowsOf(byName(LANGUAGES), [A, B], baseline, order).map(({ language }) => language.code);

describe('rowsOf', () => {
	it('divides by the baseline in the same tokenizer', () => {
		const rows = rowsOf(LANGUAGES, [A, B], 'tur', { tokenizer: 0 });
		const turkish = rows.find(({ language }) => language.code === 'tur');
		const english = rows.find(({ language }) => language.code === 'eng');
		expect(turkish?.ratios).toEqual([1, 1]);
		expect(english?.ratios).toEqual([100 / 202, 100 / 152]);
		expect(english?.tokens).toEqual([100, 100]);
	});

	it('puts the dearest first, and what is not measured last', () => {
		expect(names({ tokenizer: 0 })).toEqual(['mya', 'tur', 'eng', 'shn']);
		expect(names({ tokenizer: 1 })).toEqual(['tur', 'eng', 'mya', 'shn']);
		expect(names('name')).toEqual(['mya', 'eng', 'shn', 'tur']);
	});

	it('has no ratios while the baseline is not measured', () => {
		const rows = rowsOf(LANGUAGES, [A], 'shn', { tokenizer: 0 });
		expect(rows.map(({ ratios }) => ratios[0])).toEqual([null, null, null, null]);
	});
});

describe('a tokenizer that drops text', () => {
	const dropping = new Map([
		['eng', measureOf(100)],
		['tur', measureOf(10, { droppedBytes: 60 })],
		['mya', measureOf(0, { droppedBytes: 100 })]
	]);

	it('has no ratio for what it drops, which is never cheap but last, and marked', () => {
		const rows = rowsOf(byName(LANGUAGES), [dropping], 'eng', { tokenizer: 0 });
		expect(
			rows.map(({ language, ratios, dropped }) => [language.code, ratios[0], dropped[0]])
		).toEqual([
			['eng', 1, false],
			['mya', null, true],
			['shn', null, false],
			['tur', null, true]
		]);
	});

	it('has no ratios at all where the baseline is dropped', () => {
		const rows = rowsOf(LANGUAGES, [dropping], 'tur', { tokenizer: 0 });
		expect(rows.map(({ ratios }) => ratios[0])).toEqual([null, null, null, null]);
	});
});

it('has the tokenizer that treats a language best first, and says which drop it or the baseline', () => {
	const all = new Map([
		['dear', A],
		['cheap', B],
		['dropping', new Map([...B, ['eng', measureOf(10, { droppedBytes: 60 })]])],
		['waiting', new Map()]
	]);
	const tokenizers = ['waiting', 'dropping', 'dear', 'cheap'];
	const rows = bestFirst(tokenizers, (id) => all.get(id) ?? new Map(), 'tur', 'eng');
	expect(rows).toEqual([
		{ tokenizer: 'cheap', ratio: 1.52, dropped: false },
		{ tokenizer: 'dear', ratio: 2.02, dropped: false },
		{ tokenizer: 'waiting', ratio: null, dropped: false },
		{ tokenizer: 'dropping', ratio: null, dropped: true }
	]);
});

it('has names in the order that people expect', () => {
	const languages = ['Zulu', 'Éwé', 'Faroese', 'Ewondo'].map((name) => languageOf(name, name));
	expect(byName(languages).map(({ name }) => name)).toEqual(['Éwé', 'Ewondo', 'Faroese', 'Zulu']);
});

it('counts the languages of each script', () => {
	expect(scriptsOf(LANGUAGES)).toEqual([
		{ script: 'Latin', languages: 2 },
		{ script: 'Myanmar', languages: 2 }
	]);
});
