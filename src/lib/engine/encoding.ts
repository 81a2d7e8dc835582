/**
 * The n tokens of a text, as parallel arrays.
 *
 * All offsets are byte offsets into the UTF-8 of the ORIGINAL text (after `toWellFormed()`), even if a normalizer
 * changed the text. Spans may be empty (an added `▁`), overlap (`™` rewritten as `TM`) or leave gaps (a removed space).
 * Starts and ends never decrease.
 */
export interface Encoding {
	/** n token ids. */
	readonly ids: Uint32Array;
	/** n offsets: first byte of each token. */
	readonly byteStarts: Uint32Array;
	/** n offsets: end byte (exclusive) of each token. */
	readonly byteEnds: Uint32Array;
	/** n values of {@link TokenKind}; absent if every token is ordinary. */
	readonly kinds?: Uint8Array;
	/**
	 * Number of bytes that the tokenizer cannot represent: characters that the model drops or maps to the unknown token,
	 * and text, except white space, that an earlier stage removes. Absent if 0.
	 */
	readonly droppedBytes?: number;
	/** How many of the {@link droppedBytes} were removed by the normalizer or pre-tokenizer. Absent if 0. */
	readonly removedBytes?: number;
}

export const TokenKind = {
	ordinary: 0,
	/** Added token recognised in the text. */
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
	 * With `text` (default), special tokens are read as ordinary text, but other added tokens (such as Gemma's runs of
	 * white space) are recognised. With `parse`, special tokens are recognised too.
	 */
	readonly special?: 'text' | 'parse';
	/**
	 * Special tokens to recognise, by content, as in tiktoken. `'all'` is the same as `special: 'parse'`. A list
	 * overrides `special`: special tokens that aren't listed are read as ordinary text.
	 */
	readonly allowedSpecial?: 'all' | readonly string[];
	/**
	 * Special tokens that must not occur in the text, by content; `'all'` means every special token that isn't allowed.
	 * Default none.
	 */
	readonly disallowedSpecial?: 'all' | readonly string[];
	/** Whether to add the tokens of the post-processor, such as a BOS. Default false. */
	readonly addSpecialTokens?: boolean;
	/**
	 * Whether spans cover all bytes of their tokens, including the spaces that ByteLevel's `trim_offsets` excludes.
	 * Default false, as in the reference.
	 */
	readonly wholeSpans?: boolean;
}

export interface DecodeOptions {
	/** Whether to omit special tokens. Default false. */
	readonly skipSpecial?: boolean;
}

/** Converts text to ids and back. */
export interface Encoder {
	encode(text: string, options?: EncodeOptions): Encoding;
	/**
	 * Decodes ids. Bytes that are not UTF-8 become U+FFFD, as in the references.
	 * @throws RangeError if an id is out of range; the message names it
	 */
	decode(ids: ArrayLike<number>, options?: DecodeOptions): string;
	/**
	 * Bytes that a token represents in text (a space for `▁`).
	 * @throws RangeError if the id is out of range
	 */
	tokenBytes(id: number): Uint8Array;
}
