/** Formats tables as text for files and the clipboard. */
import { markdownCell, markdownProse } from '../../drift/escapes';
import type { Column } from './column';
import { writeCsv } from './csv';

type TextColumn<Row> = Pick<Column<Row>, 'header' | 'text' | 'value'>;

/** Formats a table as CSV, with raw values instead of formatted text. */
export const tableToCsv = <Row>(
	columns: readonly TextColumn<Row>[],
	rows: readonly Row[]
): string =>
	writeCsv(
		columns.map(({ header }) => header),
		rows.map((row) =>
			columns.map(({ value, text }) => (value ? value(row) : (text?.(row) ?? null)))
		)
	);

/**
 * Formats a table as Markdown, with the text shown on the page. Names that Markdown would interpret become inline code.
 */
export function tableToMarkdown<Row>(
	columns: readonly TextColumn<Row>[],
	rows: readonly Row[]
): string {
	const line = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
	const cellOf = ({ text, value }: TextColumn<Row>, row: Row): string => {
		const shown = text?.(row) ?? '';
		return typeof value?.(row) === 'number' ? shown : markdownProse(shown);
	};
	return [
		line(columns.map(({ header }) => header)),
		`|${columns.map((_, i) => (i === 0 ? ' --- |' : ' ---: |')).join('')}`,
		...rows.map((row) => line(columns.map((column) => cellOf(column, row)))),
		''
	].join('\n');
}
