import type { RowOrder } from '../../session/documents/inflation';
import { describe, expect, it } from 'vitest';
import { FOUR_LANGUAGES as LANGUAGES, measureOf } from '../../../../tests/support/inflation';
import { byName } from './language-list';
import { rowsOf } from './rows';

/** Measures of English, Turkish and Burmese. */
const measures = (...tokens: number[]) =>
	new Map(tokens.map((count, i) => [LANGUAGES[i].code, measureOf(count)]));
const A = measures(100, 202, 1570);
const B = measures(100, 152, 50);

const names = (order: RowOrder, baseline = 'eng') =>
	rowsOf(byName(LANGUAGES), [A, B], baseline, order).map(({ language }) => language.code);

it('divides by the baseline in the same tokenizer', () => {
	const rows = rowsOf(LANGUAGES, [A, B], 'tur', { tokenizer: 0 });
	const rowOf = (code: string) => rows.find(({ language }) => language.code === code);
	expect(rowOf('tur')?.premiums).toEqual([1, 1]);
	expect(rowOf('eng')?.premiums).toEqual([100 / 202, 100 / 152]);
	expect(rowOf('eng')?.measures).toMatchObject([{ tokens: 100 }, { tokens: 100 }]);
});

it('puts the most expensive first, and languages without a premium last', () => {
	expect(names({ tokenizer: 0 })).toEqual(['mya', 'tur', 'eng', 'shn']);
	expect(names({ tokenizer: 1 })).toEqual(['tur', 'eng', 'mya', 'shn']);
	expect(names('name')).toEqual(['mya', 'eng', 'shn', 'tur']);
});

describe('a tokenizer that drops text', () => {
	const dropping = new Map([
		['eng', measureOf(100)],
		['tur', measureOf(10, { droppedBytes: 60 })],
		['mya', measureOf(0, { droppedBytes: 100 })]
	]);

	it('has no premium for it: the row is marked and comes last', () => {
		const rows = rowsOf(byName(LANGUAGES), [dropping], 'eng', { tokenizer: 0 });
		expect(
			rows.map(({ language, premiums, dropped }) => [language.code, premiums[0], dropped[0]])
		).toEqual([
			['eng', 1, false],
			['mya', null, true],
			['shn', null, false],
			['tur', null, true]
		]);
	});

	it.each(['tur', 'shn'])(
		'has no premiums at all if it drops or lacks the baseline: %s',
		(baseline) => {
			const rows = rowsOf(LANGUAGES, [dropping], baseline, { tokenizer: 0 });
			expect(rows.map(({ premiums }) => premiums[0])).toEqual([null, null, null, null]);
		}
	);
});
