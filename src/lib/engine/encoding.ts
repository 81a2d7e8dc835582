/**
 * One tokenization, as a struct of arrays: n tokens, no object per token.
 *
 * All offsets are bytes of the UTF-8 of the ORIGINAL text (after `toWellFormed()`), also when a
 * normalizer changed the text. Spans may be empty (an added `▁`), overlap (`™` written as `TM`) or
 * leave gaps (a removed space); starts and ends never decrease.
 */
export interface Encoding {
	/** n token ids. */
	readonly ids: Uint32Array;
	/** n, first byte of each token. */
	readonly byteStarts: Uint32Array;
	/** n, exclusive last byte of each token. */
	readonly byteEnds: Uint32Array;
	/** n values of {@link TokenKind}; absent when every token is ordinary. */
	readonly kinds?: Uint8Array;
	/**
	 * Number of bytes of the text that the tokenizer cannot represent: of characters that the model drops
	 * or turns into an unknown token, and of text other than white space that an earlier stage removes.
	 * Absent if there are none.
	 */
	readonly droppedBytes?: number;
}

/** The kind of a token. */
export const TokenKind = {
	ordinary: 0,
	/** An added token recognised in the text. */
	special: 1,
	/** Added by the post-processor (a BOS). */
	added: 2,
	unknown: 3,
	/** A SentencePiece entry `<0xNN>` for one byte. */
	byteFallback: 4
} as const;
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

export interface EncodeOptions {
	/**
	 * `text` (default): text that looks like a special token is ordinary text; added tokens that are
	 * not special (Gemma's runs of white space) are still recognised.
	 * `parse`: special tokens are recognised as well.
	 */
	readonly special?: 'text' | 'parse';
	/** Whether the post-processor adds its tokens (BOS). Default false. */
	readonly addSpecialTokens?: boolean;
}

export interface DecodeOptions {
	/** Whether special tokens are left out. Default false. */
	readonly skipSpecial?: boolean;
}

/** A tokenizer as far as texts and ids go. */
export interface Encoder {
	encode(text: string, options?: EncodeOptions): Encoding;
	/**
	 * Bytes that are not UTF-8 become U+FFFD, as in the references.
	 * @throws RangeError that names an id out of range
	 */
	decode(ids: ArrayLike<number>, options?: DecodeOptions): string;
	/**
	 * Bytes that token `id` stands for in text (`▁` as a space).
	 * @throws RangeError for an id out of range
	 */
	tokenBytes(id: number): Uint8Array;
}
