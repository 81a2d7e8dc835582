/** What the parts of a diff need of their page, as plain data: `ui` knows nothing of `state`. */
import type { Encoding, Vocabulary } from '../../../engine';

export type { DiffRow } from '../../../drift/text/diff-rows';

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
