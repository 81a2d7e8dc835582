/**
 * The n tokens of one text, as a struct of arrays.
 *
 * All offsets are bytes of the UTF-8 of the ORIGINAL text (after `toWellFormed()`), even if a normalizer
 * changed the text. Spans may be empty (an added `▁`), overlap (`™` rewritten as `TM`) or leave gaps (a
 * removed space). Starts and ends never decrease.
 */
export interface Encoding {
	/** n token ids. */
	readonly ids: Uint32Array;
	/** n: first byte of each token. */
	readonly byteStarts: Uint32Array;
	/** n: exclusive last byte of each token. */
	readonly byteEnds: Uint32Array;
	/** n values of {@link TokenKind}; absent if every token is ordinary. */
	readonly kinds?: Uint8Array;
	/**
	 * Number of bytes that the tokenizer cannot represent: characters that the model drops or maps to the
	 * unknown token, and text other than white space that an earlier stage removes. Absent if 0.
	 */
	readonly droppedBytes?: number;
	/** Number of these bytes that the normalizer or pre-tokenizer removes. Absent if 0. */
	readonly removedBytes?: number;
}

export const TokenKind = {
	ordinary: 0,
	/** An added token recognised in the text. */
	special: 1,
	/** Added by the post-processor, such as a BOS. */
	added: 2,
	unknown: 3,
	/** SentencePiece's `<0xNN>`, which represents one byte. */
	byteFallback: 4
} as const;
export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

export interface EncodeOptions {
	/**
	 * `text` (default): special tokens are read as ordinary text. Other added tokens (Gemma's runs of white
	 * space) are recognised. `parse`: special tokens are recognised too.
	 */
	readonly special?: 'text' | 'parse';
	/**
	 * Special tokens to recognise, by content, as in tiktoken: `'all'` is `special: 'parse'`, and a list takes the place of
	 * `special`. The others are text.
	 */
	readonly allowedSpecial?: 'all' | readonly string[];
	/** Special tokens that a text must not have, by content; `'all'` are all that are not allowed. Default none. */
	readonly disallowedSpecial?: 'all' | readonly string[];
	/** Whether the post-processor adds its tokens, such as a BOS. Default false. */
	readonly addSpecialTokens?: boolean;
	/**
	 * Whether spans keep the spaces that ByteLevel's `trim_offsets` leaves out, so that each token has all its bytes.
	 * Default false, as in the reference.
	 */
	readonly wholeSpans?: boolean;
}

export interface DecodeOptions {
	/** Whether special tokens are left out. Default false. */
	readonly skipSpecial?: boolean;
}

/** Converts text to ids and back. */
export interface Encoder {
	encode(text: string, options?: EncodeOptions): Encoding;
	/**
	 * Decodes ids. Bytes that are not UTF-8 become U+FFFD, as in the references.
	 * @throws RangeError that names an id out of range
	 */
	decode(ids: ArrayLike<number>, options?: DecodeOptions): string;
	/**
	 * Bytes that token `id` represents in a text; a space for `▁`.
	 * @throws RangeError for an id out of range
	 */
	tokenBytes(id: number): Uint8Array;
}
