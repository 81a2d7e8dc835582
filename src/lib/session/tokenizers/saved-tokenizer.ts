/** A tokenizer of the user's own, as it is stored, saved and named by links. */
import type { TokenizerDescription } from '../../tokenizers/files/describe';
import type { ReadingCheck } from '../../tokenizers/runtimes/second-opinion';

/** Prefix of the ids of saved tokenizers. No id of the catalogue has it. */
export const SAVED_PREFIX = 'own-';

/** Whether an id is that of a saved tokenizer. */
export const isSavedId = (id: string): boolean => id.startsWith(SAVED_PREFIX);

/** Where a tokenizer of the user's own comes from. */
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

/** A tokenizer of the user's own, stored in this browser. */
export interface SavedTokenizer {
	/** Never reused for another tokenizer, so that workers may cache the tables they build for it. */
	readonly id: string;
	readonly name: string;
	readonly origin: TokenizerOrigin;
	/** Size of the original files, or of the packed file of a trained tokenizer, in bytes. */
	readonly size: number;
	/** With its version, as `bpe-lab fingerprint` prints it; `null` if it is unknown. */
	readonly fingerprint: string | null;
	/** Description of what was read; `null` for a trained tokenizer, and if it is unknown. */
	readonly description: TokenizerDescription | null;
	/** Sentence on the tokenizer of the catalogue that is most like it; `null` if it is unknown. */
	readonly identity: string | null;
	/** Chat template in Jinja, if its files have one. */
	readonly chatTemplate?: string;
	/** Finding of a library that read the original files; absent if none has. */
	readonly check?: ReadingCheck;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	/** User-facing description of rules and corpus. */
	readonly summary: string;
	/** Time of saving, in milliseconds since 1970. No two tokenizers of a browser have the same. */
	readonly saved: number;
	/** Packed file, not compressed. */
	readonly file: Uint8Array;
}

/** Fields that have a default when a tokenizer is saved. */
type OptionalField =
	'id' | 'origin' | 'size' | 'fingerprint' | 'description' | 'identity' | 'chatTemplate' | 'check';

/** A tokenizer to save. By default it was trained here, and its packed file is all that is known about it. */
export type NewTokenizer = Omit<SavedTokenizer, OptionalField | 'saved'> &
	Partial<Pick<SavedTokenizer, OptionalField>>;

/** Completes a tokenizer that is about to be saved. */
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
