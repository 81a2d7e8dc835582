/** What the parts of a diff need of their page, as plain data: `ui` knows nothing of `state`. */
import type { Encoding } from '../../engine/encoding';
import type { Vocabulary } from '../../engine/structures/vocabulary';

/** A row of a text diff: tokens of both sides over the same bytes, or a run of tokens alike that is hidden. */
export interface TextRow {
	readonly kind: 'tokens' | 'alike';
	/** Tokens of each side, end exclusive. */
	readonly fromA: number;
	readonly toA: number;
	readonly fromB: number;
	readonly toB: number;
	/** Bytes of the text, end exclusive. */
	readonly start: number;
	readonly end: number;
}

/** One side of a text diff. */
export interface TextSide {
	readonly name: string;
	readonly encoding: Encoding;
	/** One byte a token: 0 alike, 1 cut otherwise, 2 numbered otherwise. */
	readonly looks: Uint8Array;
}

/** A list of tokens of two vocabularies, one a row. */
export interface TokenPairs {
	readonly id: string;
	/** "moved", "only in A". */
	readonly name: string;
	/** Ids in A and in B, row by row; null where the tokens are not on that side. */
	readonly a: Uint32Array | null;
	readonly b: Uint32Array | null;
}

/** What the ids of both sides stand for. */
export interface TokenTexts {
	readonly a: Vocabulary;
	readonly b: Vocabulary;
}
