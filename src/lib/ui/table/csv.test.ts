import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyText } from '../../../../tests/support/arbitrary-text';
import { parseCsv } from '../../../../tests/support/csv';
import { hostileText } from '../../../../tests/support/hostile-text';
import { sized } from '../../../../tests/support/size';
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

it.each([
	...['=1+1', '+1', '-1', '@SUM(A1)', '\t1', '\r1', '\n1', '＝1', "=cmd|'/c'!A0"],
	...[' =1', '\0=1', '\u202e=1', '\ufeff@1', '\u00ad\u115f=1', '"=1']
])('puts an apostrophe before what a spreadsheet takes for a formula: %j', (text) => {
	expect(rowsOf(writeCsv(['text'], [[text]]))).toEqual([['text'], [`'${text}`]]);
});

it.each([
	[';=1', ";'=1"],
	['a,=1', "a,'=1"],
	['a\t\u200b=1\n-2', "a\t'\u200b=1\n'-2"],
	['\t=1', "'\t'=1"],
	['a;"＋1', 'a;\'"＋1'],
	...['a=1', "'=1", '1-1', 'a; b', 'x, y', 'a\t\t\n'].map((text) => [text, text])
])(
	'also where a semicolon, comma, tab or line break precedes it, and only there: %j',
	(text, written) => {
		expect(rowsOf(writeCsv(['text'], [[text]]))).toEqual([['text'], [written]]);
	}
);

const texts = fc.oneof(hostileText, anyText());

it('never begins a cell with a formula, wherever a spreadsheet splits and whatever it makes of quotes', () => {
	fc.assert(
		fc.property(fc.array(texts, { minLength: 1 }), (row) => {
			for (const cell of writeCsv(row, []).split(/[,;\t\r\n]/))
				expect(cell).not.toMatch(/^["\s\p{C}\u115f]*[=+\-@＝＋－＠]/u);
		}),
		{ numRuns: sized(500, 2000) }
	);
});

it('gives every text and number back, apart from apostrophes', () => {
	const bare = (text: string) => text.replaceAll(/(?<=^|[,;\t\r\n])'/g, '');
	const cell = fc.oneof(texts, fc.double(), fc.constant(null));
	fc.assert(
		fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 })), (rows) => {
			const header = ['=a', 'b,c', 'd'];
			const given = [header, ...rows].map((row) =>
				row.map((value) => (typeof value === 'string' ? bare(value) : String(value ?? '')))
			);
			const found = rowsOf(writeCsv(header, rows)).map((row, i) =>
				row.map((text, j) => (typeof [header, ...rows][i][j] === 'string' ? bare(text) : text))
			);
			expect(found).toEqual(given);
		}),
		{ numRuns: sized(500, 2000) }
	);
});
