/** A vocabulary as it is looked through: the bytes, kind and script of each token, and whether texts have it. */
import type { Vocabulary } from '../../engine';
import { SCRIPT_GROUPS, TOKEN_KINDS, type TokenKindName } from '../../session/documents/vocabulary';

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

/**
 * What is known about whether a text can encode to a token. The categories are those of Land and Bartolo, "Fishing for
 * Magikarp" (2024): a token is unreachable if its own text does not encode to it, and a partial UTF-8 sequence has no text
 * of its own.
 */
export const REACHES = [
	/** It is special, or no token at all. */
	'untested',
	/** Its own text encodes to it. */
	'own',
	/** A longer text has it, but its own text encodes to other tokens. */
	'inside',
	/** Merging its bytes leads to other tokens, or no UTF-8 has these bytes. So no text encodes to it. */
	'proven',
	/** Its own text encodes to other tokens, as do all longer texts that were tried. */
	'unreachable',
	/** Its bytes are no whole characters, and no text that was tried has it. */
	'partial'
] as const;
export type Reach = (typeof REACHES)[number];

/** No text encodes to these, as far as is known. */
export const UNREACHABLE_REACHES: readonly Reach[] = ['proven', 'unreachable'];
