import type { IntBuffer } from '../structures/int-buffer';

/** What a model appends to, and its caller empties. */
export interface TokenBuffers {
	/** One id per token. */
	readonly ids: IntBuffer;
	/** Exclusive last byte of each token in the encoded bytes. */
	readonly ends: IntBuffer;
	/** One {@link TokenKind} per token: ordinary, unknown or byteFallback. `null` if not wanted. */
	readonly kinds: IntBuffer | null;
	/** First and exclusive last byte of each character that was dropped or became an unknown token. */
	readonly dropped: IntBuffer;
}

/** A BPE model ready to run: bytes of pre-tokens in, ids out. */
export interface BpeModel {
	/**
	 * Encodes adjacent pre-tokens of `bytes`: the first begins at byte `start`, and `ends.data[from..to)`
	 * holds the end of each. Tokens tile their pre-token, unless the model drops characters that have no
	 * token.
	 */
	encodePretokens(
		bytes: Uint8Array,
		start: number,
		ends: IntBuffer,
		from: number,
		to: number,
		tokens: TokenBuffers
	): void;
	/** Traces the merges of one pre-token in order. The state after the last is what encoding gives. */
	tracePretoken(pretoken: Uint8Array): PretokenTrace;
	/** Rank of merging two adjacent tokens, smaller ranks first; -1 if they do not merge. */
	mergeRank(left: number, right: number): number;
}

/** The initial symbols of one pre-token and its merges in order, as arrays of equal length per group. */
export interface PretokenTrace {
	/** Ids of the initial symbols. */
	readonly initialIds: Uint32Array;
	/** Exclusive last byte, in the pre-token, of each initial symbol. */
	readonly initialEnds: Uint32Array;
	/** One entry per merge: its rank. */
	readonly ranks: Uint32Array;
	/** Id of the left token. */
	readonly lefts: Uint32Array;
	/** Id of the right token. */
	readonly rights: Uint32Array;
	/** Id of the product. */
	readonly products: Uint32Array;
	/** Byte, in the pre-token, where the left token begins. */
	readonly positions: Uint32Array;
	/**
	 * Whether the pre-token is a token that merging would not give and that was taken whole
	 * (`ignore_merges`, tiktoken): then it is the only initial symbol. A token that merging does give has
	 * its merges.
	 */
	readonly whole: boolean;
}
