/**
 * Where the tokens of a runtime that gives no offsets lie in the typed text: the contents of its
 * tokens are walked along the text as the normalizer left it, and that text knows of each of its
 * bytes where it came from.
 */
import { TokenKind, type Encoding } from '../../engine';
import { type AlignedText, originStart } from '../../engine/text';
import type { ModelTokens } from './model-tokens';

/** Tokens that do not spell the text they were made from. */
export class AlignmentError extends Error {
	override readonly name = 'AlignmentError';
}

/** A stretch of text between added tokens, normalized; or an added token that was recognised. */
export type Section =
	| { readonly text: AlignedText }
	| { readonly added: number; readonly start: number; readonly end: number };

/**
 * @param sections in order; offsets are bytes of the original text
 * @throws AlignmentError that names the token and the byte
 */
export function alignTokens(
	ids: ArrayLike<number>,
	sections: readonly Section[],
	table: ModelTokens
): Encoding {
	const count = ids.length;
	const byteStarts = new Uint32Array(count);
	const byteEnds = new Uint32Array(count);
	const kinds = new Uint8Array(count);
	let token = 0;
	for (const section of sections) {
		if ('added' in section) {
			if (ids[token] !== section.added) throw mismatch(ids, token, section.start);
			byteStarts[token] = section.start;
			byteEnds[token] = section.end;
			kinds[token++] = TokenKind.special;
			continue;
		}
		const { text } = section;
		for (let at = text.start; at < text.end; token++) {
			if (token >= count) throw mismatch(ids, token, at);
			const length = matchLength(text, at, ids[token], table);
			if (length === 0) throw mismatch(ids, token, at);
			byteStarts[token] = originStart(text, at);
			byteEnds[token] = text.origin ? text.origin.ends[at + length - 1] : at + length;
			if (table.fallbackByte(ids[token]) >= 0) kinds[token] = TokenKind.byteFallback;
			at += length;
		}
	}
	if (token < count) throw mismatch(ids, token, byteEnds[token - 1] ?? 0);
	return { ids: Uint32Array.from(ids), byteStarts, byteEnds, kinds };
}

/** How many bytes of `text` at `at` the token spells, 0 when it does not. */
function matchLength(text: AlignedText, at: number, id: number, table: ModelTokens): number {
	const byte = table.fallbackByte(id);
	if (byte >= 0) return text.bytes[at] === byte ? 1 : 0;
	const content = table.content(id);
	if (at + content.length > text.end) return 0;
	for (let i = 0; i < content.length; i++) {
		if (text.bytes[at + i] !== content[i]) return 0;
	}
	return content.length;
}

function mismatch(ids: ArrayLike<number>, token: number, byte: number): AlignmentError {
	return new AlignmentError(
		token < ids.length
			? `token ${token} (id ${ids[token]}) does not spell the text at byte ${byte}`
			: `the tokens end at byte ${byte}, before the text does`
	);
}
