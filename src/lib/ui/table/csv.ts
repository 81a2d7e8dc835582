/**
 * Where a spreadsheet may begin a cell with a formula, as OWASP lists them under "CSV injection", whether it splits at commas,
 * semicolons or tabs. Split at another character than the comma, quotes protect nothing. What is invisible may be dropped
 * before the formula, and spaces may be trimmed.
 */
const FORMULA_START =
	/^(?=[\t\r\n])|(?<=^|[,;\t\r\n])(?=(?:(?![\t\r\n])["\p{C}\p{Z}\p{DI}])*[=+\-@＝＋－＠])/gu;
/** Texts that readers of CSV would split, trim or end early without quotes. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** Number, text, or `null` for an empty cell. */
export type CsvCell = string | number | null;

/**
 * Writes CSV (RFC 4180) with a header and CRLF. Numbers are written as they are. What a spreadsheet would run as a
 * formula gets an apostrophe in front, so an export of texts also has a column with their bytes.
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
