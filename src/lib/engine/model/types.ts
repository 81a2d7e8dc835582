import type { IntBuffer } from '../structures/int-buffer';

/** A BPE model ready to run: bytes of pieces in, ids out. */
export interface BpeModel {
	/**
	 * Encodes pieces of `bytes`: the first begins at byte `start`, and `ends.data[from..to)` holds the
	 * byte where each ends. Appends the id of every token to `ids` and the byte where it ends in
	 * `bytes` to `tokenEnds` (the tokens of a piece tile it, except where fusing or a vocabulary
	 * without an unknown token drops characters: then the next token's span takes them in). `kinds`, where
	 * given, gets one {@link TokenKind} a token: ordinary, unknown or byteFallback.
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
	/** Whether the whole piece was taken from the vocabulary as it stands (`ignore_merges`), with no merges. */
	readonly whole: boolean;
}
