import { kindOf, bytesOf, scriptOf, type VocabularyTable } from './table';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Tokens as CSV (RFC 4180), one per line: bytes in hex, and the text, which is empty for part of a character. */
export function tokensToCsv(table: VocabularyTable, ids: Uint32Array): string {
	const lines = Array.from(ids, (id) => {
		const bytes = bytesOf(table, id);
		const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
		// Always quoted, because a text may be a comma, a line ending or a space.
		const text = textOf(bytes).replaceAll('"', '""');
		return [id, hex, `"${text}"`, kindOf(table, id), scriptOf(table, id)].join();
	});
	return ['id,bytes,text,kind,script', ...lines, ''].join('\r\n');
}

function textOf(bytes: Uint8Array): string {
	try {
		return decoder.decode(bytes);
	} catch {
		return '';
	}
}
