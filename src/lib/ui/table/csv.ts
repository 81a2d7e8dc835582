/**
 * Where a formula can begin in a cell, according to OWASP's "CSV injection", whether the spreadsheet splits at commas,
 * semicolons or tabs. If it splits at a character other than the comma, quotes don't protect the cell. Invisible
 * characters before the formula may be dropped, and spaces trimmed.
 */
const FORMULA_START =
	/^(?=[\t\r\n])|(?<=^|[,;\t\r\n])(?=(?:(?![\t\r\n])["\p{C}\p{Z}\p{DI}])*[=+\-@＝＋－＠])/gu;
/** Text that CSV readers would split, trim or cut off unless it is quoted. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Number, text, or `null` for an empty cell. */
export type CsvCell = string | number | null;

/**
 * Writes CSV (RFC 4180) with a header and CRLF. Numbers are written unchanged. Text that a spreadsheet would run as a
 * formula is prefixed with an apostrophe, so exports with text also have a column with its bytes.
 */
export function writeCsv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
	const lines = [header, ...rows].map((cells) => cells.map(csvField).join());
	return [...lines, ''].join('\r\n');
}

function csvField(value: CsvCell): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const text = value.replace(FORMULA_START, "'");
	return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
