import type { CaseQuestion, CaseSide } from '../../../drift/cases/types';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import type { CheckId } from '../../../drift/types';

/** The stages of a tokenizer in the order in which a text passes them; `use` is an error outside the tokenizer. */
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
 * - `mechanism`: the source describes the bug; the ids are the lab's own, on a real vocabulary.
 * - `found-here`: no public issue is known.
 */
export type CaseEvidence = 'published-ids' | 'mechanism' | 'found-here';

/** A public page, commit or file. */
export interface CaseSource {
	/** `llama.cpp#6914`. */
	readonly name: string;
	readonly url: string;
}

/** Source of a figure that a test of this repository checks; `where` is the path of the test. */
export const OWN_TEST = 'test';

/** A figure in the texts of a case, and where it is published. */
export interface CaseFigure {
	/** The figure as the case writes it. */
	readonly text: string;
	/** Name of a source of the case, or {@link OWN_TEST}. */
	readonly source: string;
	/** Place in the source: `description`, `comment of 29 April 2024`. */
	readonly where: string;
}

/** The page where a case can be explored further, with its input. */
export type CaseDestination =
	/** Two tokenizers: the model was trained with A, and its ids come from B. */
	| {
			readonly page: 'diff';
			/** Absent: the sides of the case. */
			readonly a?: CaseSide;
			readonly b?: CaseSide;
			/** Rows of the model's embedding. */
			readonly rows?: number;
			/** Whether the tokens of each side’s template are added to the text. */
			readonly template?: boolean;
			/** Absent: the input of the case. */
			readonly text?: string;
			/** The check that shows the drift if the text does not, because the diff reads it as plain text. */
			readonly check?: Exclude<CheckId, 'text'>;
			/** Hint on what to look at there. */
			readonly note?: string;
	  }
	/** The tokenizer of the case, used in two ways or compared with a library. */
	| {
			readonly page: 'compare';
			/** Absent: the input of the case. */
			readonly text?: string;
			/** Ids instead of a text. */
			readonly ids?: readonly number[];
			readonly note: string;
	  };

/** A case that is computed in the browser. */
export interface DriftCase extends CaseQuestion {
	/** Part of links, and the value of `data-case`. */
	readonly slug: string;
	/** The bug in one sentence without jargon. */
	readonly claim: string;
	/** How it came about, in one to four sentences. */
	readonly story: string;
	/** Year of publication; `null` if no public issue is known. */
	readonly year: number | null;
	/** Empty if no public issue is known. */
	readonly sources: readonly CaseSource[];
	/** Damage that the source measured for this very drift; `null` if it measured none. */
	readonly damage: string | null;
	/** Every figure in the texts that neither a name nor the case's own input explains. */
	readonly figures: readonly CaseFigure[];
	/** The stage to blame. */
	readonly stage: CaseStage;
	/** The part to blame, as tokenizer.json or the library names it: `model.ignore_merges`. */
	readonly part: string;
	/**
	 * Checks of the diff that fail for the linked pair, besides the output, which always fails. Empty if the
	 * case does not open in the diff.
	 */
	readonly caughtBy: readonly CheckId[];
	/** Whether anything complained: `loud` stops with an error, `warned` logs a warning and continues. */
	readonly severity: 'silent' | 'warned' | 'loud';
	/**
	 * Edits that turn A into B, if they are not B's own edits: A is the edited side, or both are edited
	 * and only their use differs (no edits).
	 */
	readonly change?: readonly SpecEdit[];
	/** The names above the two sides: `llama3`, `llama3, split as GPT-2`. */
	readonly names: { readonly a: string; readonly b: string };
	readonly evidence: CaseEvidence;
	/** Where the ids are printed; only for `published-ids`. */
	readonly publishedIn?: Omit<CaseFigure, 'text'>;
	/** Note on this reproduction: a substitute vocabulary, a doubt about the source. */
	readonly note?: string;
	/** `null` if no other page can show it; the note says why. */
	readonly destination: CaseDestination | null;
}
