import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectSafeMarkdown, hostileText } from '../../../../tests/support/hostile-text';
import { sized } from '../../../../tests/support/size';
import { tableToCsv, tableToMarkdown } from './table-text';

interface Row {
	readonly name: string;
	readonly price: number | null;
}
const COLUMNS = [
	{ header: 'tokenizer', text: ({ name }: Row) => name },
	{
		header: '$ per M',
		text: ({ price }: Row) => (price === null ? '–' : `$${price}`),
		value: ({ price }: Row) => price
	}
];
const ROWS: readonly Row[] = [
	{ name: 'a,"b"', price: 2.5 },
	{ name: '=1+1', price: null },
	{ name: 'a|b', price: 1000 }
];

it('writes values as CSV, quoted if needed and never as formulas', () => {
	expect(tableToCsv(COLUMNS, ROWS)).toBe(
		'tokenizer,$ per M\r\n"a,""b""",2.5\r\n\'=1+1,\r\na|b,1000\r\n'
	);
});

it('writes the shown texts as Markdown', () => {
	expect(tableToMarkdown(COLUMNS, ROWS)).toBe(
		'| tokenizer | $ per M |\n| --- | ---: |\n| `a,"b"` | $2.5 |\n| =1+1 | – |\n| `a\\|b` | $1000 |\n'
	);
});

it('writes a table without links, HTML, mentions or more columns, whatever a tokenizer is called', () => {
	fc.assert(
		fc.property(fc.array(hostileText, { minLength: 1, maxLength: 4 }), (names) => {
			const rows = names.map((name) => ({ name, price: null }));
			const columns = [COLUMNS[0], { ...COLUMNS[1], header: 'price' }];
			expectSafeMarkdown(tableToMarkdown(columns, rows));
		}),
		{ numRuns: sized(300, 1000) }
	);
});
