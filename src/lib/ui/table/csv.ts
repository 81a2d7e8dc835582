/**
 * Matches the positions in a cell at which a spreadsheet may see the start of a formula (OWASP, "CSV Injection").
 * Quotes don't protect cells from spreadsheets that split at semicolons or tabs instead of commas, and some
 * spreadsheets drop invisible characters and spaces before the formula.
 */
const FORMULA_START =
	/^(?=[\t\r\n])|(?<=^|[,;\t\r\n])(?=(?:(?![\t\r\n])["\p{C}\p{Z}\p{DI}])*[=+\-@＝＋－＠])/gu;
/** Matches text that CSV readers would split, trim or cut off unless it is quoted. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Number, text, or `null` for an empty cell. */
export type CsvCell = string | number | null;

/**
 * Writes CSV (RFC 4180) with a header row and CRLF line endings. Numbers are written unchanged. Text that a spreadsheet
 * would run as a formula is prefixed with an apostrophe, so exports that contain text also have a column with the
 * text's bytes.
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
