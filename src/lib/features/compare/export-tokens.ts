import type { Encoding } from '../../engine';
import { decodeUtf8, firstInvalidUtf8, hexOf } from '../../engine/text';
import { writeCsv } from '../../ui/table/csv';

export interface ExportedTokens {
	readonly tokenizer: string;
	readonly document: Uint8Array;
	readonly encoding: Encoding;
}

/** Tokens with their bytes in hexadecimal and their text, which is `null` if it isn't valid UTF-8 on its own. */
const tokensOf = ({ document, encoding }: ExportedTokens) =>
	Array.from(encoding.ids, (id, i) => {
		const byteStart = encoding.byteStarts[i];
		const byteEnd = encoding.byteEnds[i];
		const token = document.subarray(byteStart, byteEnd);
		const text = firstInvalidUtf8(token) < 0 ? decodeUtf8(token) : null;
		return { id, byteStart, byteEnd, bytes: hexOf(token), text };
	});

export function tokensToJson(exported: readonly ExportedTokens[]): string {
	const tables = exported.map((answer) => {
		const tokens = tokensOf(answer);
		return { tokenizer: answer.tokenizer, count: tokens.length, tokens };
	});
	return JSON.stringify(tables, null, 1);
}

const CSV_HEADER = ['tokenizer', 'position', 'id', 'byte_start', 'byte_end', 'bytes', 'text'];

/** All tokens as CSV, one per line. The text column is empty if a token isn't valid UTF-8 on its own. */
export const tokensToCsv = (exported: readonly ExportedTokens[]): string =>
	writeCsv(
		CSV_HEADER,
		exported.flatMap((answer) =>
			tokensOf(answer).map(({ id, byteStart, byteEnd, bytes, text }, position) => [
				...[answer.tokenizer, position, id, byteStart, byteEnd],
				...[bytes, text]
			])
		)
	);

export const idsToJson = (ids: Uint32Array): string => `[${ids.join(', ')}]`;
