import type { CaseQuestion, CaseSide } from '../../../drift/cases/types';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import type { CheckId } from '../../../drift/types';

/** The stages of a tokenizer in processing order. `use` means that the error is outside the tokenizer. */
export const CASE_STAGES = [
	'added-tokens',
	'normalizer',
	'pre-tokenizer',
	'model',
	'post-processor',
	'decoder',
	'use'
] as const;
export type CaseStage = (typeof CASE_STAGES)[number];

/**
 * Kinds of evidence, strongest first.
 * - `published-ids`: the source prints ids, and the lab reproduces them.
 * - `mechanism`: the source describes the bug; the lab computed the ids with a real vocabulary.
 * - `found-here`: there is no known public issue.
 */
export type CaseEvidence = 'published-ids' | 'mechanism' | 'found-here';

/** A public page, commit or file. */
export interface CaseSource {
	/** For example `llama.cpp#6914`. */
	readonly name: string;
	readonly url: string;
}

/** Used as the source of a figure that a test in this repository checks; `where` is then the test's path. */
export const OWN_TEST = 'test';

/** A figure quoted in a case, and where it was published. */
export interface CaseFigure {
	/** The figure exactly as written in the case. */
	readonly text: string;
	/** Name of one of the case's sources, or {@link OWN_TEST}. */
	readonly source: string;
	/** Location within the source: `description`, `comment of 29 April 2024`. */
	readonly where: string;
}

/** Page for exploring a case further, opened with the case's input. */
export type CaseDestination =
	/** Two tokenizers: the model was trained with A, but its ids come from B. */
	| {
			readonly page: 'diff';
			/** The sides to compare. If absent, the case's own sides are used. */
			readonly a?: CaseSide;
			readonly b?: CaseSide;
			/** Number of rows in the model's embedding matrix. */
			readonly rows?: number;
			/** Whether to add each side’s template tokens to the text. */
			readonly template?: boolean;
			/** The text to show. If absent, the case's own input is used. */
			readonly text?: string;
			/**
			 * Diff check that shows the drift. Set if the encodings of the text are the same on both sides, because the
			 * diff reads special tokens as plain text.
			 */
			readonly check?: Exclude<CheckId, 'text'>;
			readonly note?: string;
	  }
	/** The case's tokenizer, used in two ways or compared with a library. */
	| {
			readonly page: 'compare';
			/** The text to show. If absent, the case's own input is used. */
			readonly text?: string;
			/** Ids to show instead of text. */
			readonly ids?: readonly number[];
			readonly note: string;
	  };

/** A case computed in the browser. */
export interface DriftCase extends CaseQuestion {
	/** Identifies the case in links and in `data-case`. */
	readonly slug: string;
	/** The bug in one sentence without jargon. */
	readonly claim: string;
	/** How the bug came about, in one to four sentences. */
	readonly story: string;
	/** Year of publication; `null` if there is no known public issue. */
	readonly year: number | null;
	/** Empty if there is no known public issue. */
	readonly sources: readonly CaseSource[];
	/** Damage that the source measured for this exact drift; `null` if it didn't measure any. */
	readonly damage: string | null;
	/** All figures in the case's texts except those that are part of a name or follow from the case's own input. */
	readonly figures: readonly CaseFigure[];
	readonly stage: CaseStage;
	/** The part at fault, as named in tokenizer.json or by the library: `model.ignore_merges`. */
	readonly part: string;
	/**
	 * Diff checks that fail for the linked pair, in addition to the output check, which always fails. Empty if the case
	 * has no link to the diff.
	 */
	readonly caughtBy: readonly CheckId[];
	/** How noticeable the bug was: `loud` if the program stopped with an error, `warned` if it only logged a warning. */
	readonly severity: 'silent' | 'warned' | 'loud';
	/**
	 * Edits that turn A into B, if they differ from B's own edits. Required if A is the edited side; an empty list if
	 * the sides have the same edits and differ only in how they're used.
	 */
	readonly change?: readonly SpecEdit[];
	/** Names shown above the two sides: `llama3`, `llama3, split as GPT-2`. */
	readonly names: { readonly a: string; readonly b: string };
	readonly evidence: CaseEvidence;
	/** Where the ids are printed. Set only for `published-ids`. */
	readonly publishedIn?: Omit<CaseFigure, 'text'>;
	/** Note about this reproduction, for example about a substitute vocabulary or a doubt about the source. */
	readonly note?: string;
	/** `null` if no other page can show the case; `note` then says why. */
	readonly destination: CaseDestination | null;
}
