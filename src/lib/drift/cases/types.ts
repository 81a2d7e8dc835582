/** A drift case as a question and its answer, both plain data. */
import type { LibraryName } from '../../tokenizers/catalogue/shared/descriptor';
import type { SpecEdit } from '../edits/spec-edit';

/** A tokenizer of the catalogue: unchanged, edited, or run by a library. */
export interface CaseSide {
	/** Id in the catalogue. */
	readonly tokenizer: string;
	readonly edits?: readonly SpecEdit[];
	/** Absent: the lab's engine. */
	readonly library?: { readonly name: LibraryName };
}

export interface CaseInput {
	/** Several parts are encoded one by one, and their ids are concatenated. */
	readonly text: string | readonly string[];
	/** Default `text`: special tokens are not recognised. */
	readonly special?: 'text' | 'parse';
	/** Whether the post-processor adds its tokens (BOS). Default false. */
	readonly bos?: boolean;
}

export type CaseTask =
	/** Both sides encode; B the same input as A unless `b` is given. */
	| { readonly does: 'encode'; readonly a: CaseInput; readonly b?: CaseInput }
	/** Both sides encode, and only the number of tokens matters. */
	| { readonly does: 'count'; readonly a: CaseInput }
	/** A encodes, B reads A's ids. */
	| { readonly does: 'read'; readonly a: CaseInput }
	/** Both sides read ids; B the same as A unless `b` is given. */
	| { readonly does: 'decode'; readonly a: readonly number[]; readonly b?: readonly number[] }
	/** A encodes (or gave these ids); B reads the ids and encodes what it read. */
	| { readonly does: 'encode-again'; readonly a: CaseInput | readonly number[] };

/** Observations that show the bug. */
export type Expectation =
	/** Ids that the source prints: all of them, or the first or last. Never ids that only the lab computed. */
	| {
			readonly sees: 'ids';
			readonly side: 'a' | 'b';
			readonly ids: readonly number[];
			readonly only?: 'first' | 'last';
	  }
	/** The texts of the tokens, in order. Bytes that are not UTF-8 are written `\xE2`. */
	| { readonly sees: 'tokens'; readonly side: 'a' | 'b'; readonly tokens: readonly string[] }
	/** The ids of A and B differ. */
	| { readonly sees: 'different-ids' }
	/** Text that the ids decode to. */
	| { readonly sees: 'reads'; readonly side: 'a' | 'b'; readonly text: string }
	/** B reads something different from A. */
	| { readonly sees: 'different-text' }
	/** An id has no token on this side. */
	| { readonly sees: 'no-token'; readonly side: 'a' | 'b' }
	/** A side needs at least this many times the tokens of the other. */
	| { readonly sees: 'more-tokens'; readonly side: 'a' | 'b'; readonly times: number };

/** Everything needed to check a case. */
export interface CaseQuestion {
	/** The right side: what the model was trained with. */
	readonly a: CaseSide;
	/** The wrong side: what serves the model. */
	readonly b: CaseSide;
	readonly task: CaseTask;
	/** All must hold, and at least one distinguishes B from A. */
	readonly expect: readonly Expectation[];
}

export interface CaseToken {
	readonly id: number;
	/** The bytes of the token, which may be part of a character. Empty for an id without a token. */
	readonly bytes: Uint8Array;
}

export interface SideOutcome {
	/** The encoded text, its parts joined; `null` if ids were given. */
	readonly text: string | null;
	readonly tokens: readonly CaseToken[];
	/** Text that the ids decode to; `null` if an id has no token or nothing was decoded. */
	readonly reads: string | null;
	/** The error that stopped this side; `null` if none did. */
	readonly error: string | null;
}

/** Outcomes of both sides. */
export interface CaseSides {
	readonly a: SideOutcome;
	readonly b: SideOutcome;
}

export interface CaseOutcome extends CaseSides {
	readonly status: 'reproduced' | 'not-reproduced';
	/** One sentence per expectation: seen, or expected and not seen. */
	readonly why: string;
	/** In the order of `expect`. */
	readonly seen: readonly boolean[];
}
