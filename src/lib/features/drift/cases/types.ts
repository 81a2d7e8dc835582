import type { CaseQuestion, CaseSide } from '../../../drift/cases/types';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import type { RealModelDrift } from '../damage/real-model-damage';
import type { CheckId } from '../../../drift/types';

/** In the order in which a text passes the stages; `reading`: what happens to ids after the model. */
export const CASE_FAMILIES = [
	'pre-tokenizer',
	'merges',
	'special-tokens',
	'text',
	'reading'
] as const;
export type CaseFamily = (typeof CASE_FAMILIES)[number];

/** What the ids of a case rest on, strongest first. */
export const CASE_EVIDENCE = ['published-ids', 'mechanism', 'found-here'] as const;
/**
 * - `published-ids`: the source prints ids, and they come out here.
 * - `mechanism`: the source describes the bug; the ids are the lab's own, on a real vocabulary.
 * - `found-here`: no public issue is known.
 */
export type CaseEvidence = (typeof CASE_EVIDENCE)[number];

/** A public page, commit or file. */
export interface CaseSource {
	/** `llama.cpp#6914`. */
	readonly name: string;
	readonly url: string;
}

/** The source of a figure that a test of this repository holds; `where` is the path of the test. */
export const OWN_TEST = 'test';

/** A figure of a case's words, and where it can be read. */
export interface CaseFigure {
	/** As the words of the case have it. */
	readonly text: string;
	/** Name of a source of the case, or {@link OWN_TEST}. */
	readonly source: string;
	/** Where in the source: `description`, `comment of 29 April 2024`. */
	readonly where: string;
}

interface CaseWords {
	/** In addresses and in `data-case`. */
	readonly slug: string;
	readonly family: CaseFamily;
	/** What happens, in one sentence without jargon. */
	readonly claim: string;
	/** How it came about, in one to four sentences. */
	readonly story: string;
	/** When it was public; null if no issue is known. */
	readonly year: number | null;
	/** Empty if no issue is known. */
	readonly sources: readonly CaseSource[];
	/** What the source measured for this very drift; null if it measured nothing. */
	readonly damage: string | null;
	/** Every figure in the words that neither a name nor the case's own input explains. */
	readonly figures: readonly CaseFigure[];
	/** Whether anything complained: `loud` stops with an error, `warned` logs a warning and goes on. */
	readonly severity: 'silent' | 'warned' | 'loud';
}

/** Where a case can be explored further, with its input. */
export type CaseLook =
	/** Two tokenizers: A what the model was trained with, B what its ids come from. */
	| {
			readonly in: 'diff';
			/** Absent: the sides of the case. */
			readonly a?: CaseSide;
			readonly b?: CaseSide;
			/** Rows of the model's embedding. */
			readonly rows?: number;
			/** Absent: the input of the case. */
			readonly text?: string;
			/** The check that shows the drift if the text does not, because the diff reads it as plain text. */
			readonly seenIn?: Exclude<CheckId, 'text'>;
			/** What to look at there. */
			readonly note?: string;
	  }
	/** One tokenizer, used in two ways, or a library next to it. */
	| {
			readonly in: 'compare';
			readonly tokenizer: string;
			/** Absent: the input of the case. */
			readonly text?: string;
			/** Ids instead of a text. */
			readonly ids?: readonly number[];
			/** The end of the text is what matters: nothing may come after it. */
			readonly atEnd?: true;
			readonly note: string;
	  }
	| { readonly in: 'nowhere'; readonly why: string };

/** A case that is computed in the browser. */
export interface DriftCase extends CaseWords, CaseQuestion {
	/** The stage to blame, as tokenizer.json or the library names it: `pre_tokenizer`. */
	readonly stage: string;
	/**
	 * The edits that turn A into B if B's own edits do not say so: A is the edited side, or both are
	 * edited and only their use differs (none).
	 */
	readonly change?: readonly SpecEdit[];
	/** The names above the two sides: `llama3`, `llama3, split as GPT-2`. */
	readonly names: { readonly a: string; readonly b: string };
	readonly evidence: CaseEvidence;
	/** Where the ids are printed; only for `published-ids`. */
	readonly publishedIn?: Omit<CaseFigure, 'text'>;
	/** Note on this reproduction: a vocabulary that stands in, a doubt about the source. */
	readonly note?: string;
	/** The row of {@link REAL_MODEL_DAMAGE} with this kind of drift; absent if there is none. */
	readonly damageRow?: RealModelDrift['id'];
	/** Absent: the diff of its sides. */
	readonly look?: CaseLook;
}

/** A case that is only described: what it needs is not in the catalogue. */
export interface DocumentedCase extends CaseWords {
	/** Why it is not computed here. */
	readonly missing: string;
}
