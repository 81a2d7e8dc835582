export const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

export function printTable(head, rows) {
	const widths = head.map((_, i) =>
		Math.max(...[head, ...rows].map((row) => String(row[i]).length))
	);
	const line = (row) => `| ${row.map((cell, i) => String(cell).padEnd(widths[i])).join(' | ')} |`;
	console.log(line(head));
	console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
	for (const row of rows) console.log(line(row));
	console.log();
}
