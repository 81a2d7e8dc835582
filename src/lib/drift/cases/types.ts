/** A drift case as a question and its answer, both as plain data. */
import type { LibraryName } from '../../tokenizers/catalogue/shared/descriptor';
import type { SpecEdit } from '../edits/spec-edit';

/** A built-in tokenizer: unchanged, edited, or run by a library. */
export interface CaseSide {
	/** Id in the catalogue. */
	readonly tokenizer: string;
	readonly edits?: readonly SpecEdit[];
	/** If absent, the lab's engine runs the tokenizer. */
	readonly library?: { readonly name: LibraryName };
}

export interface CaseInput {
	/** Several parts are encoded separately, and their ids are concatenated. */
	readonly text: string | readonly string[];
	/** Default `text`: special tokens aren't recognised. */
	readonly special?: 'text' | 'parse';
	/** Whether the post-processor adds its tokens (BOS). Default false. */
	readonly bos?: boolean;
}

export type CaseTask =
	/** Both sides encode text. B's input is the same as A's unless `b` is set. */
	| { readonly does: 'encode'; readonly a: CaseInput; readonly b?: CaseInput }
	/** Both sides encode the same text. Only the number of tokens matters. */
	| { readonly does: 'count'; readonly a: CaseInput }
	/** A encodes, and B decodes A's ids. */
	| { readonly does: 'read'; readonly a: CaseInput }
	/** Each side decodes the ids given to it. B is given the same ids as A unless `b` is set. */
	| { readonly does: 'decode'; readonly a: readonly number[]; readonly b?: readonly number[] }
	/** A encodes the text, or the ids are given. B decodes the ids and encodes the result. */
	| { readonly does: 'encode-again'; readonly a: CaseInput | readonly number[] };

/** Observations that show the bug. */
export type Expectation =
	/**
	 * Ids that the published source prints for this side: all of the side's ids, or only the first or last ones. Must
	 * not be ids that only the lab has computed.
	 */
	| {
			readonly sees: 'ids';
			readonly side: 'a' | 'b';
			readonly ids: readonly number[];
			readonly only?: 'first' | 'last';
	  }
	/** The text of each token, in order. Bytes that aren't valid UTF-8 are escaped, as in `\xE2`. */
	| { readonly sees: 'tokens'; readonly side: 'a' | 'b'; readonly tokens: readonly string[] }
	/** A and B return different ids. */
	| { readonly sees: 'different-ids' }
	/** Text that the ids decode to. */
	| { readonly sees: 'reads'; readonly side: 'a' | 'b'; readonly text: string }
	/** The two sides decode their ids to different texts. */
	| { readonly sees: 'different-text' }
	/** An id has no token on this side. */
	| { readonly sees: 'no-token'; readonly side: 'a' | 'b' }
	/** This side needs at least `times` times as many tokens as the other. */
	| { readonly sees: 'more-tokens'; readonly side: 'a' | 'b'; readonly times: number };

export interface CaseQuestion {
	/** The correct tokenizer, which the model was trained with. */
	readonly a: CaseSide;
	/** The wrong tokenizer, which the model is served with. */
	readonly b: CaseSide;
	readonly task: CaseTask;
	/** All expectations must hold, and at least one must distinguish B from A. */
	readonly expect: readonly Expectation[];
}

export interface CaseToken {
	readonly id: number;
	/** Bytes of the token, which may contain only part of a character. Empty for an id without a token. */
	readonly bytes: Uint8Array;
}

export interface SideOutcome {
	/** The encoded text, with its parts joined; `null` if ids were given. */
	readonly text: string | null;
	readonly tokens: readonly CaseToken[];
	/** Text that the ids decode to; `null` if an id has no token or nothing was decoded. */
	readonly reads: string | null;
	/** The error that stopped this side; `null` if there was none. */
	readonly error: string | null;
}

export interface CaseSides {
	readonly a: SideOutcome;
	readonly b: SideOutcome;
}

export interface CaseOutcome extends CaseSides {
	readonly status: 'reproduced' | 'not-reproduced';
	/** One sentence per expectation: what was observed, or what was expected but not observed. */
	readonly why: string;
	/** Whether each expectation holds, in the order of `expect`. */
	readonly seen: readonly boolean[];
}
