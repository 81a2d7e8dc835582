/** Tables as text, for files and the clipboard. */
import type { Column } from './column';

type TextColumn<Row> = Pick<Column<Row>, 'header' | 'text' | 'value'>;

/** RFC 4180, with a header and the values as they are. */
export function tableToCsv<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
	const lines = rows.map((row) =>
		columns.map(({ value, text }) => csvField(value ? value(row) : (text?.(row) ?? null))).join()
	);
	return [columns.map(({ header }) => csvField(header)).join(), ...lines, ''].join('\r\n');
}

/** A table in Markdown, with the texts that the page shows. */
export function tableToMarkdown<Row>(
	columns: readonly TextColumn<Row>[],
	rows: readonly Row[]
): string {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => cell.replace(/[|\\]/g, '\\$&').replaceAll('\n', ' ')).join(' | ')} |`;
	return [
		line(columns.map(({ header }) => header)),
		`|${columns.map((_, i) => (i === 0 ? ' --- |' : ' ---: |')).join('')}`,
		...rows.map((row) => line(columns.map(({ text }) => text?.(row) ?? ''))),
		''
	].join('\n');
}

/** Quotes a field if it needs it. A text that a spreadsheet would run as a formula begins with an apostrophe. */
function csvField(value: string | number | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const text = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
