/**
 * Formats rows as lines of text. Columns are two spaces apart and as wide as their widest cell.
 * @param numbers columns that are aligned to the right
 */
export function alignedTable(
	rows: readonly (readonly string[])[],
	numbers: readonly number[]
): string {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
	return rows
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
