/** A vocabulary as it is looked through: the bytes, kind and script of each token. */
import type { Vocabulary } from '../../engine';
import { SCRIPT_GROUPS, TOKEN_KINDS, type TokenKindName } from '../../session/links/vocabulary';

/** Stands in {@link VocabularyTable.kinds} for an id without a token. */
export const NO_TOKEN = 255;

export interface VocabularyTable {
	/** Bytes that each token represents in a text; the name of a special token. */
	readonly vocabulary: Vocabulary;
	/** Index in `TOKEN_KINDS` by id, or {@link NO_TOKEN}. */
	readonly kinds: Uint8Array;
	/** Index in `SCRIPT_GROUPS` by id. */
	readonly scripts: Uint8Array;
}

/** Number of ids, those without a token included. */
export const sizeOf = ({ kinds }: VocabularyTable): number => kinds.length;

/** Whether a table has a token with an id. */
export const hasToken = ({ kinds }: VocabularyTable, id: number): boolean =>
	id < kinds.length && kinds[id] !== NO_TOKEN;

export const bytesOf = ({ vocabulary: { bytes, ends } }: VocabularyTable, id: number): Uint8Array =>
	bytes.subarray(id === 0 ? 0 : ends[id - 1], ends[id]);

/** Kind of an id that has a token. */
export const kindOf = ({ kinds }: VocabularyTable, id: number): TokenKindName =>
	TOKEN_KINDS[kinds[id]];

/** Name of the group by script that a token belongs to. */
export const scriptOf = ({ scripts }: VocabularyTable, id: number): string =>
	SCRIPT_GROUPS[scripts[id]];
