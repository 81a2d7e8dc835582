import type { IntBuffer } from '../structures/arrays';

/** Output of a model, which appends to the buffers. The caller empties them. */
export class TokenBuffers {
	constructor(
		/** One id per token. */
		readonly ids: IntBuffer,
		/** End byte (exclusive) of each token in the encoded bytes. */
		readonly ends: IntBuffer,
		/** One {@link TokenKind} per token: ordinary, unknown or byteFallback. `null` if kinds are not needed. */
		readonly kinds: IntBuffer | null,
		/** First byte and end byte (exclusive) of each character that was dropped or became an unknown token. */
		readonly dropped: IntBuffer
	) {}
}

/** The n initial symbols of one pre-token and its m merges, in order. */
export interface PretokenTrace {
	/** n: id of each initial symbol. */
	readonly initialIds: Uint32Array;
	/** n: end byte (exclusive) of each initial symbol in the pre-token. */
	readonly initialEnds: Uint32Array;
	/** m: rank of each merge. */
	readonly ranks: Uint32Array;
	/** m: id of the left token. */
	readonly lefts: Uint32Array;
	/** m: id of the right token. */
	readonly rights: Uint32Array;
	/** m: id of the product. */
	readonly products: Uint32Array;
	/** m: first byte of the left token in the pre-token. */
	readonly positions: Uint32Array;
	/**
	 * Whether the pre-token was encoded as one token without merging (`ignore_merges`, tiktoken) because merging doesn't
	 * produce that token. The token is then the only initial symbol.
	 */
	readonly whole: boolean;
}
