/** The shown rows as files. */
import type { InflationRow } from './rows';

/** Fields of `bpe-lab inflation --json`. */
const FIELDS = [
	'tokenizer',
	'language',
	'bcp47',
	'name',
	'tokens',
	'bytes',
	'chars',
	'words',
	'ratio'
] as const;
type ExportedRow = Readonly<Record<(typeof FIELDS)[number], string | number | null>>;

/** One row per tokenizer and measured language. */
export const exportedRows = (
	rows: readonly InflationRow[],
	tokenizers: readonly string[]
): ExportedRow[] =>
	tokenizers.flatMap((tokenizer, i) =>
		rows.flatMap(({ language, measures, premiums }) => {
			const measure = measures[i];
			if (!measure) return [];
			const { tokens, bytes, chars, words } = measure;
			const { code, bcp47, name } = language;
			const ratio = premiums[i];
			return [{ tokenizer, language: code, bcp47, name, tokens, bytes, chars, words, ratio }];
		})
	);

/** How many measurements the rows lack. */
export const countMissing = (rows: readonly Pick<InflationRow, 'measures'>[]): number =>
	rows.reduce((sum, { measures }) => sum + measures.filter((measure) => !measure).length, 0);

export const rowsToJson = (rows: readonly ExportedRow[]): string =>
	`${JSON.stringify(rows, null, '\t')}\n`;

/** RFC 4180, with a header. */
export function rowsToCsv(rows: readonly ExportedRow[]): string {
	const lines = rows.map((row) => FIELDS.map((field) => quoted(row[field] ?? '')).join(','));
	return [FIELDS.join(','), ...lines, ''].join('\r\n');
}

function quoted(value: string | number): string {
	const text = String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
