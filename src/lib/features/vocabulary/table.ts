/** A searchable vocabulary: the bytes, kind and script of each token, and whether any text can encode to it. */
import type { Vocabulary } from '../../engine';
import { SCRIPT_GROUPS, TOKEN_KINDS, type TokenKindName } from '../../session/documents/vocabulary';

/** Marks an id without a token in {@link VocabularyTable.kinds}. */
export const NO_TOKEN = 255;

export interface VocabularyTable {
	/** Bytes that each token represents in text; for a special token, its name. */
	readonly vocabulary: Vocabulary;
	/** For each id, the index of the token's kind in `TOKEN_KINDS`, or {@link NO_TOKEN}. */
	readonly kinds: Uint8Array;
	/** For each id, the index of the token's script group in `SCRIPT_GROUPS`. */
	readonly scripts: Uint8Array;
}

/** Number of ids, including those without a token. */
export const sizeOf = ({ kinds }: VocabularyTable): number => kinds.length;

export const hasToken = ({ kinds }: VocabularyTable, id: number): boolean =>
	id < kinds.length && kinds[id] !== NO_TOKEN;

export const bytesOf = ({ vocabulary: { bytes, ends } }: VocabularyTable, id: number): Uint8Array =>
	bytes.subarray(id === 0 ? 0 : ends[id - 1], ends[id]);

export const kindOf = ({ kinds }: VocabularyTable, id: number): TokenKindName =>
	TOKEN_KINDS[kinds[id]];

export const scriptOf = ({ scripts }: VocabularyTable, id: number): string =>
	SCRIPT_GROUPS[scripts[id]];

/**
 * Whether a text can encode to a token, as far as is known. The categories follow Land and Bartolo, "Fishing for
 * Magikarp" (2024): a token is unreachable if its own text doesn't encode to it, and a partial UTF-8 sequence has no
 * text of its own.
 */
export const REACHES = [
	/** A special token, or no token at all. */
	'untested',
	/** The token's own text encodes to it. */
	'own',
	/** The token's own text encodes to other tokens, but the token occurs in the encoding of a longer text. */
	'inside',
	/** Merging the token's bytes produces other tokens, or the bytes can't occur in UTF-8, so no text encodes to it. */
	'proven',
	/** The token's own text and all longer texts that were tried encode to other tokens. */
	'unreachable',
	/** The token's bytes aren't whole characters, and no text that was tried encodes to it. */
	'partial'
] as const;
export type Reach = (typeof REACHES)[number];

/** Categories for tokens that, as far as is known, no text encodes to. */
export const UNREACHABLE_REACHES: readonly Reach[] = ['proven', 'unreachable'];
