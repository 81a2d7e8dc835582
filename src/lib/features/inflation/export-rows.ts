/** What is shown, as files. */
import type { InflationRow, Measures } from './rows';

export interface ExportedRow {
	readonly tokenizer: string;
	readonly language: string;
	readonly bcp47: string;
	readonly name: string;
	readonly tokens: number;
	readonly bytes: number;
	readonly chars: number;
	readonly words: number | null;
	/** Null where the tokenizer drops some of the text, or of the baseline's. */
	readonly ratio: number | null;
}

/** One line a tokenizer and language, with the fields of `bpe-lab inflation --json`. */
export function exportedRows(
	rows: readonly InflationRow[],
	tokenizers: readonly string[],
	measures: readonly Measures[]
): ExportedRow[] {
	return tokenizers.flatMap((tokenizer, i) =>
		rows.flatMap(({ language, ratios }) => {
			const measure = measures[i].get(language.code);
			const ratio = ratios[i];
			if (!measure) return [];
			const { tokens, bytes, chars, words } = measure;
			const { code, bcp47, name } = language;
			return [{ tokenizer, language: code, bcp47, name, tokens, bytes, chars, words, ratio }];
		})
	);
}

export const rowsToJson = (rows: readonly ExportedRow[]): string =>
	`${JSON.stringify(rows, null, '\t')}\n`;

const FIELDS: readonly (keyof ExportedRow)[] = [
	'tokenizer',
	'language',
	'bcp47',
	'name',
	'tokens',
	'bytes',
	'chars',
	'words',
	'ratio'
];

/** RFC 4180, with a header. */
export function rowsToCsv(rows: readonly ExportedRow[]): string {
	const lines = rows.map((row) => FIELDS.map((field) => quoted(row[field] ?? '')).join(','));
	return [FIELDS.join(','), ...lines, ''].join('\r\n');
}

function quoted(value: string | number): string {
	const text = String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
