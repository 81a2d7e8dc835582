import type { IntBuffer } from '../structures/int-buffer';

/** A BPE model ready to run: bytes of pieces in, ids out. */
export interface BpeModel {
	/**
	 * Encodes pieces of `bytes`: the first begins at byte `start`, and `ends.data[from..to)` holds the
	 * byte where each ends. Appends the id of every token to `ids` and the byte where it ends in
	 * `bytes` to `tokenEnds`. Tokens tile their piece, unless the model drops characters that have no
	 * token. `kinds`, where given, gets one {@link TokenKind} a token: ordinary, unknown or byteFallback.
	 */
	encodePieces(
		bytes: Uint8Array,
		start: number,
		ends: IntBuffer,
		from: number,
		to: number,
		ids: IntBuffer,
		tokenEnds: IntBuffer,
		kinds: IntBuffer | null
	): void;
	/** Every merge of one piece in the order it happens. The state after the last is what encoding gives. */
	tracePiece(piece: Uint8Array): PieceTrace;
	/** The rank of merging two tokens that stand next to each other, smaller ones first; -1 when they do not merge. */
	mergeRank(left: number, right: number): number;
}

/** The life of one piece: symbols at the start, then merges, as arrays of equal length per group. */
export interface PieceTrace {
	/** Ids of the symbols the piece starts from. */
	readonly initialIds: Uint32Array;
	/** Byte (in the piece) after each initial symbol. */
	readonly initialEnds: Uint32Array;
	/** One entry a merge, in order: its rank (smaller merges first). */
	readonly ranks: Uint32Array;
	/** Id of the left part. */
	readonly lefts: Uint32Array;
	/** Id of the right part. */
	readonly rights: Uint32Array;
	/** Id of the product. */
	readonly products: Uint32Array;
	/** Byte (in the piece) where the left part begins. */
	readonly positions: Uint32Array;
	/**
	 * The piece is a token and was taken as it stands (`ignore_merges`, tiktoken), because merging
	 * would not give that token: then it is the only initial symbol. A token that merging does give
	 * is shown being merged.
	 */
	readonly whole: boolean;
}
