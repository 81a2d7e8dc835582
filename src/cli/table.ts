import { printable } from '../lib/drift/escapes';

/**
 * Formats rows as lines of text, with escapes for what a terminal would not print. Columns are two spaces apart and as wide as their widest cell.
 * @param numbers columns that are aligned to the right
 */
export function alignedTable(
	rows: readonly (readonly string[])[],
	numbers: readonly number[]
): string {
	const cells = rows.map((row) => row.map(printable));
	const widths = rows[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
	return cells
		.map((row) =>
			row
				.map((cell, column) =>
					numbers.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column])
				)
				.join('  ')
				.trimEnd()
		)
		.map((line) => `${line}\n`)
		.join('');
}
