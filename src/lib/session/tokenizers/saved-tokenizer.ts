/** One of the user's own tokenizers, as it is stored, exported and referred to by links. */
import type { TokenizerDescription } from '../../tokenizers/files/describe';
import type { ReadingCheck } from '../../tokenizers/runtimes/second-opinion';

/** Prefix of saved tokenizers' ids. No built-in tokenizer's id has it. */
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
	/** Never reused for a different tokenizer, so that workers may cache the tables they build for it. */
	readonly id: string;
	readonly name: string;
	readonly origin: TokenizerOrigin;
	/** Size of the original files, or of a trained tokenizer's packed file, in bytes. */
	readonly size: number;
	/** As printed by `bpe-lab fingerprint`, including the version; `null` if unknown. */
	readonly fingerprint: string | null;
	/** Description of what was read; `null` for a trained tokenizer, or if unknown. */
	readonly description: TokenizerDescription | null;
	/** Sentence about the built-in tokenizer that it resembles most; `null` if unknown. */
	readonly identity: string | null;
	/** Chat template in Jinja, if its files include one. */
	readonly chatTemplate?: string;
	/** Result of comparing it with a library; absent if that hasn't been done. */
	readonly check?: ReadingCheck;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** User-facing description of rules and corpus. */
	readonly summary: string;
	/** Time of saving, in milliseconds since 1970. Unique in this browser. */
	readonly saved: number;
	/** Packed file, not compressed. */
	readonly file: Uint8Array;
}

/** Fields that have defaults when a tokenizer is saved. */
type OptionalField =
	'id' | 'origin' | 'size' | 'fingerprint' | 'description' | 'identity' | 'chatTemplate' | 'check';

/** A tokenizer to save. By default, it is a trained one, about which nothing but the packed file is known. */
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
