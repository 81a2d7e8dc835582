import type { IntBuffer } from '../structures/arrays';

/** Output of a model. The model appends, and its caller empties the buffers. */
export class TokenBuffers {
	constructor(
		/** One id per token. */
		readonly ids: IntBuffer,
		/** Exclusive last byte of each token in the encoded bytes. */
		readonly ends: IntBuffer,
		/** One {@link TokenKind} per token: ordinary, unknown or byteFallback. `null` if kinds are not needed. */
		readonly kinds: IntBuffer | null,
		/** First and exclusive last byte of each character that was dropped or became an unknown token. */
		readonly dropped: IntBuffer
	) {}
}

/** A BPE model that is ready to run. */
export interface BpeModel {
	/** Whether it may make other than ordinary tokens. */
	readonly hasKinds: boolean;
	/** Prepares for a text of so many bytes. Changes only how long encoding takes. */
	prepareFor(bytes: number): void;
	/**
	 * Encodes adjacent pre-tokens of `bytes`. The first begins at byte `start`, and `ends.data[from..to)` holds
	 * the exclusive last byte of each. Tokens cover their pre-token, except for dropped characters.
	 */
	encodePretokens(
		bytes: Uint8Array,
		start: number,
		ends: IntBuffer,
		from: number,
		to: number,
		tokens: TokenBuffers
	): void;
	/** Traces the merges of one pre-token in order. The state after the last one is its encoding. */
	tracePretoken(pretoken: Uint8Array): PretokenTrace;
	/** Traces the merges that make a token of the vocabulary. Offsets do not count its affixes. */
	traceToken(token: Uint8Array): PretokenTrace;
	/** By id, 1 for a token that merging its own bytes leads to; 0 for one that it may lead to or not. */
	ownTokens(): Uint8Array;
	/** Rank of the merge of two adjacent tokens, lower ranks first; -1 if they do not merge. */
	mergeRank(left: number, right: number): number;
}

/** The initial symbols of one pre-token, and its merges in order: n symbols, m merges. */
export interface PretokenTrace {
	/** n: id of each initial symbol. */
	readonly initialIds: Uint32Array;
	/** n: exclusive last byte of each in the pre-token. */
	readonly initialEnds: Uint32Array;
	/** m: rank of each merge. */
	readonly ranks: Uint32Array;
	/** m: id of the left token. */
	readonly lefts: Uint32Array;
	/** m: id of the right token. */
	readonly rights: Uint32Array;
	/** m: id of the product. */
	readonly products: Uint32Array;
	/** m: byte of the pre-token where the left token begins. */
	readonly positions: Uint32Array;
	/**
	 * Whether the pre-token is a token that was encoded without merging (`ignore_merges`, tiktoken) because
	 * merging does not lead to it. It is then the only initial symbol.
	 */
	readonly whole: boolean;
}
