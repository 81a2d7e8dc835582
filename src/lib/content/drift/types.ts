import type { CaseQuestion, CaseSide } from '../../drift/cases/types';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import type { CheckId } from '../../drift/types';

/** In the order of the way of a text; `reading`: what happens to ids after the model. */
export const CASE_FAMILIES = [
	'pre-tokenizer',
	'merges',
	'special-tokens',
	'text',
	'reading'
] as const;
export type CaseFamily = (typeof CASE_FAMILIES)[number];

/** A public place where it can be read. */
export interface CaseSource {
	/** `llama.cpp#6914`. */
	readonly name: string;
	readonly url: string;
}

interface CaseWords {
	/** In addresses and in `data-case`. */
	readonly slug: string;
	readonly family: CaseFamily;
	/** What happens, in one sentence without jargon. */
	readonly claim: string;
	/** How it came about, in one to three sentences. */
	readonly story: string;
	/** When it was public; null where the lab found it and no issue is known. */
	readonly year: number | null;
	/** Empty where the lab found it and no issue is known. */
	readonly sources: readonly CaseSource[];
	/** What was reported to have come of it; null where nothing was measured in public. */
	readonly damage: string | null;
	/** Whether anything complained: `loud` stops with an error. */
	readonly severity: 'silent' | 'loud';
}

/** Where a case can be looked into further, with its input. */
export type CaseLook =
	/** Two tokenizers: A what the model was trained with, B what its ids come from. */
	| {
			readonly in: 'diff';
			/** Absent: the sides of the case. */
			readonly a?: CaseSide;
			readonly b?: CaseSide;
			/** Of the model's embedding. */
			readonly rows?: number;
			/** Absent: the input of the case. */
			readonly text?: string;
			/** The check that shows it where the text under both does not, because the diff reads it as plain text. */
			readonly seenIn?: Exclude<CheckId, 'text'>;
			/** What to look at there. */
			readonly note?: string;
	  }
	/** One tokenizer, used in two ways, or a library beside it. */
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

/** A case that is computed anew in the browser. */
export interface DriftCase extends CaseWords, CaseQuestion {
	/** The stage to blame, in the words of tokenizer.json or of the library: `pre_tokenizer`. */
	readonly stage: string;
	/**
	 * What makes B of A where that is not what B's own edits say: where A is the one that is edited, or where
	 * both are and only the use differs (none).
	 */
	readonly change?: readonly SpecEdit[];
	/** What is above the two sides: `llama3`, `llama3, split as GPT-2`. */
	readonly names: { readonly a: string; readonly b: string };
	/**
	 * - `published-ids`: ids of the public issue come out here.
	 * - `mechanism`: the mechanism of the issue on a real vocabulary; the ids are the lab's own.
	 * - `found-here`: no public issue is known.
	 */
	readonly evidence: 'published-ids' | 'mechanism' | 'found-here';
	/** What to know of this reproduction: a stand-in vocabulary, a library on short input. */
	readonly note?: string;
	/** Absent: the diff of its sides. */
	readonly look?: CaseLook;
}

/** A case that is told and not computed: what it needs is not here. */
export interface DocumentedCase extends CaseWords {
	/** Why it is not computed here. */
	readonly missing: string;
}
