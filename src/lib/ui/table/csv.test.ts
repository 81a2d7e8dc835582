import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCsv } from '../../../../tests/support/csv';
import { hostileText } from '../../../../tests/support/hostile-text';
import { writeCsv } from './csv';

const rowsOf = (csv: string) => parseCsv(csv).map((row) => row.map(({ text }) => text));

it('quotes what readers would split or trim, and leaves numbers as they are', () => {
	expect(
		writeCsv(
			['a', 'b'],
			[
				['x, "y"', -0.5],
				[' z', null],
				['1\r\n2', 1e21]
			]
		)
	).toBe('a,b\r\n"x, ""y""",-0.5\r\n" z",\r\n"1\r\n2",1e+21\r\n');
});

it('puts an apostrophe before what a spreadsheet takes for a formula', () => {
	for (const text of [
		'=1+1',
		'+1',
		'-1',
		'@SUM(A1)',
		'\t=1',
		'\r=1',
		'\n=1',
		'＝1',
		"=cmd|'/c'!A0"
	]) {
		expect(rowsOf(writeCsv(['text'], [[text]]))).toEqual([['text'], [`'${text}`]]);
	}
	for (const text of ['a=1', ' =1', "'=1", '1-1']) {
		expect(rowsOf(writeCsv(['text'], [[text]]))).toEqual([['text'], [text]]);
	}
});

it('gives every text and number back, apart from the apostrophe, and never a formula', () => {
	const cell = fc.oneof(hostileText, fc.string({ unit: 'binary' }), fc.double(), fc.constant(null));
	fc.assert(
		fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 })), (rows) => {
			const header = ['=a', 'b,c', 'd'];
			const parsed = rowsOf(writeCsv(header, rows));
			expect(parsed.length).toBe(rows.length + 1);
			for (const [i, row] of [header, ...rows].entries()) {
				expect(parsed[i].length).toBe(3);
				for (const [j, value] of row.entries()) {
					const found = parsed[i][j];
					if (typeof value !== 'string') expect(found).toBe(value === null ? '' : String(value));
					else {
						expect(found).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
						expect([value, `'${value}`]).toContain(found);
					}
				}
			}
		}),
		{ numRuns: 2000 }
	);
});
