import { writeCsv } from '../../ui/table/csv';
import type { InflationRow } from './rows';

/** Same fields as in the output of `bpe-lab inflation --json`. */
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

/** Creates one row per tokenizer and measured language. @param tokenizers names of the tokenizers */
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

export const countMissing = (rows: readonly Pick<InflationRow, 'measures'>[]): number =>
	rows.reduce((sum, { measures }) => sum + measures.filter((measure) => !measure).length, 0);

export const rowsToJson = (rows: readonly ExportedRow[]): string =>
	`${JSON.stringify(rows, null, '\t')}\n`;

export const rowsToCsv = (rows: readonly ExportedRow[]): string =>
	writeCsv(
		FIELDS,
		rows.map((row) => FIELDS.map((field) => row[field]))
	);
