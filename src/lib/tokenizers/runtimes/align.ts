import {
	tokenAt,
	TokenKind,
	vocabularySize,
	type Encoding,
	type TokenizerSpec
} from '../../engine';
import {
	decodeUtf8,
	encodeUtf8,
	originEnd,
	originStart,
	type AlignedText
} from '../../engine/text';

/** Thrown if tokens don't match the text they encode. */
export class AlignmentError extends Error {
	override readonly name = 'AlignmentError';
}

/** Thrown for text that a library can't encode in reasonable time. */
export class RuntimeLimitError extends Error {
	override readonly name = 'RuntimeLimitError';
}

/** Normalized text between added tokens, or an added token with its bytes [start, end) in the original text. */
export type Section =
	| { readonly text: AlignedText }
	| { readonly added: number; readonly start: number; readonly end: number };

/**
 * Finds the spans of tokens from a runtime that only returns ids. Matches the tokens against the normalized text, in
 * which the original offset of each byte is known.
 * @throws AlignmentError that names the first token that doesn't match and its byte offset
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
			byteEnds[token] = originEnd(text, at + length);
			if (table.fallbackByte(ids[token]) >= 0) kinds[token] = TokenKind.byteFallback;
			at += length;
		}
	}
	if (token < count) throw mismatch(ids, token, byteEnds[token - 1] ?? 0);
	return { ids: Uint32Array.from(ids), byteStarts, byteEnds, kinds };
}

/** Number of bytes at `at` that match the token's content; 0 if they don't match. */
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
			? `token ${token} (id ${ids[token]}) doesn't spell the text at byte ${byte}`
			: `the tokens end at byte ${byte}, before the text does`
	);
}

const BYTE_TOKEN = /^<0x([0-9A-F]{2})>$/;

/** Tokens as the model stores them, for runtimes that only return ids. */
export class ModelTokens {
	readonly #model: TokenizerSpec['model'];
	/** Strings of added tokens and of other tokens outside the model, by id. */
	readonly #strings: ReadonlyMap<number, string>;

	constructor({ model, added_tokens }: TokenizerSpec) {
		this.#model = model;
		const stored = [...(model.foreign_tokens ?? []), ...added_tokens];
		this.#strings = new Map(stored.map(({ id, content }) => [id, content]));
	}

	/**
	 * Raw bytes of a token in a byte-level model, or UTF-8 of its string in other models. Unlike
	 * `Tokenizer.tokenBytes`, leaves `▁` and `<0xNN>` as they are. Returns an empty array for an id without a token.
	 * @throws RangeError for a negative or fractional id
	 */
	content(id: number): Uint8Array {
		const string = this.#strings.get(id);
		if (string !== undefined) return encodeUtf8(string);
		const { vocabulary } = this.#model;
		return id >= vocabularySize(vocabulary) ? new Uint8Array() : tokenAt(vocabulary, id);
	}

	/** Byte that a `<0xNN>` token represents; -1 for any other token. */
	fallbackByte(id: number): number {
		if (!this.#model.byte_fallback || this.#strings.has(id)) return -1;
		const content = this.content(id);
		if (content.length !== 6 || content[0] !== 0x3c) return -1;
		const found = BYTE_TOKEN.exec(decodeUtf8(content));
		return found ? parseInt(found[1], 16) : -1;
	}
}
