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
	/** n, byte where each token begins. */
	readonly byteStarts: Uint32Array;
	/** n, byte after each token's last. */
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

/** What a token is, beyond an ordinary entry of the vocabulary. */
export const TokenKind = {
	ordinary: 0,
	/** An added token recognised in the text. */
	special: 1,
	/** Put there by the post-processor (a BOS). */
	added: 2,
	unknown: 3,
	/** A SentencePiece `<0xNN>` entry that stands for one byte. */
	byteFallback: 4
} as const;
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

export interface EncodeOptions {
	/**
	 * `text` (default): text that looks like a special token is ordinary text; added tokens that are
	 * not special (Gemma's runs of whitespace) are recognised all the same.
	 * `parse`: special tokens are recognised too.
	 */
	readonly special?: 'text' | 'parse';
	/** Let the post-processor add its tokens (BOS). Default false. */
	readonly addSpecialTokens?: boolean;
}

export interface DecodeOptions {
	/** Leave special tokens out. Default false. */
	readonly skipSpecial?: boolean;
}

/** What every runtime gives. */
export interface Encoder {
	encode(text: string, options?: EncodeOptions): Encoding;
	/** Bytes that are not UTF-8 become U+FFFD, as in the references. Throws a RangeError that names an id out of range. */
	decode(ids: ArrayLike<number>, options?: DecodeOptions): string;
	/** The bytes that token `id` stands for in text (`▁` as a space). Throws a RangeError for an id out of range. */
	tokenBytes(id: number): Uint8Array;
}
