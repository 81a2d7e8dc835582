import type { IntBuffer } from '../structures/arrays';

/** Buffers to which a model appends its output. The caller must empty them. */
export class TokenBuffers {
	constructor(
		/** One id per token. */
		readonly ids: IntBuffer,
		/** End byte (exclusive) of each token in the encoded bytes. */
		readonly ends: IntBuffer,
		/** One {@link TokenKind} per token; `null` if kinds are not needed. */
		readonly kinds: IntBuffer | null,
		/** First byte and end byte (exclusive) of each character that was dropped or became an unknown token. */
		readonly dropped: IntBuffer
	) {}
}

/** The n initial symbols of a pre-token and its m merges, in order. */
export interface PretokenTrace {
	/** n ids of the initial symbols. */
	readonly initialIds: Uint32Array;
	/** n offsets in the pre-token: end byte (exclusive) of each initial symbol. */
	readonly initialEnds: Uint32Array;
	/** m ranks, one per merge. */
	readonly ranks: Uint32Array;
	/** m ids of left tokens. */
	readonly lefts: Uint32Array;
	/** m ids of right tokens. */
	readonly rights: Uint32Array;
	/** m ids of products. */
	readonly products: Uint32Array;
	/** m offsets in the pre-token: first byte of each left token. */
	readonly positions: Uint32Array;
	/**
	 * Whether the pre-token was encoded as one token without merging (`ignore_merges`, tiktoken) because merging
	 * doesn't produce that token. If so, the token is the only initial symbol.
	 */
	readonly whole: boolean;
}
