import type { Encoding } from '../../engine';

/** The part of a tokenizer's answer that is exported. */
export interface ExportedTokens {
	readonly tokenizer: string;
	readonly document: Uint8Array;
	readonly encoding: Encoding;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Text of some bytes; `null` if they hold only part of a character. */
function textOf(bytes: Uint8Array): string | null {
	try {
		return decoder.decode(bytes);
	} catch {
		return null;
	}
}

function hexOf(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** All tokens as JSON: id, byte range, bytes in hex and text (`null` for part of a character). */
export function tokensToJson(tokenizers: readonly ExportedTokens[]): string {
	const tables = tokenizers.map(({ tokenizer, document, encoding }) => ({
		tokenizer,
		count: encoding.ids.length,
		tokens: Array.from(encoding.ids, (id, i) => {
			const bytes = document.subarray(encoding.byteStarts[i], encoding.byteEnds[i]);
			return {
				id,
				byteStart: encoding.byteStarts[i],
				byteEnd: encoding.byteEnds[i],
				bytes: hexOf(bytes),
				text: textOf(bytes)
			};
		})
	}));
	return JSON.stringify(tables, null, 1);
}

/** All tokens as CSV (RFC 4180), one per line. The text is empty for part of a character. */
export function tokensToCsv(tokenizers: readonly ExportedTokens[]): string {
	const lines = ['tokenizer,position,id,byte_start,byte_end,bytes,text'];
	for (const { tokenizer, document, encoding } of tokenizers) {
		for (let i = 0; i < encoding.ids.length; i++) {
			const start = encoding.byteStarts[i];
			const end = encoding.byteEnds[i];
			const bytes = document.subarray(start, end);
			lines.push(
				[
					tokenizer,
					i,
					encoding.ids[i],
					start,
					end,
					hexOf(bytes),
					csvField(textOf(bytes) ?? '')
				].join()
			);
		}
	}
	return `${lines.join('\r\n')}\r\n`;
}

/** Always quoted, because a text may be a comma, a line ending or a space. */
const csvField = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** Ids as a JSON array, on one line. */
export const idsToJson = (ids: Uint32Array): string => `[${ids.join(', ')}]`;
