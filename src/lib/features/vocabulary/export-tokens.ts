import { decodeUtf8, firstInvalidUtf8, hexOf } from '../../engine/text';
import { writeCsv } from '../../ui/table/csv';
import { kindOf, bytesOf, scriptOf, type VocabularyTable } from './table';

/** Tokens as CSV, one per line, with the bytes in hexadecimal and the text (empty for part of a character). */
export const tokensToCsv = (table: VocabularyTable, ids: Uint32Array): string =>
	writeCsv(
		['id', 'bytes', 'text', 'kind', 'script'],
		Array.from(ids, (id) => {
			const bytes = bytesOf(table, id);
			const text = firstInvalidUtf8(bytes) < 0 ? decodeUtf8(bytes) : null;
			return [id, hexOf(bytes), text, kindOf(table, id), scriptOf(table, id)];
		})
	);
