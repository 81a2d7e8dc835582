/** The user's own tokenizers, as they are stored, exported and linked to. */
import type { TokenizerDescription } from '../../tokenizers/files/describe';
import type { ReadingCheck } from '../../tokenizers/runtimes/second-opinion';

/** Prefix of saved tokenizers' ids. No built-in tokenizer's id has this prefix. */
export const SAVED_PREFIX = 'own-';

export const isSavedId = (id: string): boolean => id.startsWith(SAVED_PREFIX);

export type TokenizerOrigin =
	| { readonly kind: 'trained' }
	| { readonly kind: 'files'; readonly files: readonly string[] }
	| {
			readonly kind: 'hub';
			/** `owner/name` */
			readonly repository: string;
			readonly commit: string;
			readonly files: readonly string[];
	  };

/** One of the user's own tokenizers, stored in this browser. */
export interface SavedTokenizer {
	/** Never reused for a different tokenizer, so workers may cache tables by id. */
	readonly id: string;
	readonly name: string;
	readonly origin: TokenizerOrigin;
	/** Size of the original files, or of a trained tokenizer's packed file, in bytes. */
	readonly size: number;
	/** Fingerprint as printed by `bpe-lab fingerprint`, including the version; `null` if unknown. */
	readonly fingerprint: string | null;
	/** Description of an imported tokenizer; `null` if unknown, or if the tokenizer was trained here. */
	readonly description: TokenizerDescription | null;
	/** Sentence about the built-in tokenizer that this one resembles most; `null` if unknown. */
	readonly identity: string | null;
	/** Chat template in Jinja, if the tokenizer's files include one. */
	readonly chatTemplate?: string;
	/** Result of the comparison with a library; absent if there was no comparison. */
	readonly check?: ReadingCheck;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** User-facing description of the training rules and corpus. */
	readonly summary: string;
	/** When the tokenizer was saved, in milliseconds since 1970. Unique in this browser. */
	readonly saved: number;
	/** Packed file, uncompressed. */
	readonly file: Uint8Array;
}

type OptionalField =
	'id' | 'origin' | 'size' | 'fingerprint' | 'description' | 'identity' | 'chatTemplate' | 'check';

/** A tokenizer to save. The defaults are for trained tokenizers, which have only a packed file. */
export type NewTokenizer = Omit<SavedTokenizer, OptionalField | 'saved'> &
	Partial<Pick<SavedTokenizer, OptionalField>>;

export const completeTokenizer = (
	tokenizer: NewTokenizer & Pick<SavedTokenizer, 'id' | 'saved'>
): SavedTokenizer => ({
	origin: { kind: 'trained' },
	size: tokenizer.file.length,
	fingerprint: null,
	description: null,
	identity: null,
	...tokenizer
});
