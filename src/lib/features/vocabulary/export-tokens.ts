import { hexOf } from '../../engine/text';
import { writeCsv } from '../../ui/table/csv';
import { kindOf, bytesOf, scriptOf, type VocabularyTable } from './table';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Tokens as CSV, one per line: bytes in hex, and the text, which is empty for part of a character. */
export const tokensToCsv = (table: VocabularyTable, ids: Uint32Array): string =>
	writeCsv(
		['id', 'bytes', 'text', 'kind', 'script'],
		Array.from(ids, (id) => {
			const bytes = bytesOf(table, id);
			return [id, hexOf(bytes), textOf(bytes), kindOf(table, id), scriptOf(table, id)];
		})
	);

function textOf(bytes: Uint8Array): string | null {
	try {
		return decoder.decode(bytes);
	} catch {
		return null;
	}
}
