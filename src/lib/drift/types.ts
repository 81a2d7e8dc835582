import type { AddedTokenSpec } from '../engine';
import type { DamageFindings } from './damage/types';

export type { DamageFindings } from './damage/types';

/** From nothing to worst. `identical`: the same in every field, and in every byte if both are files. */
export const VERDICTS = ['identical', 'formatting-only', 'harmless', 'silent', 'crash'] as const;

/**
 * - `formatting-only`: the same tokenizer, written differently (merges as pairs or strings).
 * - `harmless`: fields differ, and no input is known whose ids or text differ.
 * - `silent`: ids or text differ, and nothing errors.
 * - `crash`: native tokenizers refuses the file or aborts on it, one side throws on a text, or B gives ids
 *   that the model has no embedding for.
 */
export type Verdict = (typeof VERDICTS)[number];
export type Severity = Exclude<Verdict, 'identical'>;

/**
 * Grounds of the verdict. `proven`: it follows from the two specs, or native refuses a file. `probed`: no
 * difference on the inputs tried. `witness`: an input that comes out differently.
 */
export type Evidence = 'proven' | 'probed' | 'witness';

/** Native's answer to a file: `yes`, `refused: …` or `aborts: …` with its words. */
export type Loads = 'yes' | `refused: ${string}` | `aborts: ${string}`;

/** Output for an input on one side. */
export interface Outcome {
	readonly ids: readonly number[];
	readonly text: string;
	/** The error message if it stopped instead. */
	readonly error?: string;
}

/** An input that comes out differently, and what comes out on both sides. */
export interface Witness {
	/** The program in which it shows: native tokenizers, or transformers.js as the lab runs it. */
	readonly reference: 'native' | 'transformers.js';
	/**
	 * - `encode`: the ids of the input; `decode`: the text of its ids, which are the same.
	 * - `encode-pair`: the ids of two inputs together.
	 * - `encode-batch`: the ids of the first input when all are encoded together.
	 */
	readonly does: 'encode' | 'decode' | 'encode-pair' | 'encode-batch';
	readonly inputs: readonly string[];
	/** Whether special tokens in the input are recognised; native does by default. */
	readonly special: 'text' | 'parse';
	readonly addSpecialTokens: boolean;
	readonly skipSpecial: boolean;
	readonly a: Outcome;
	readonly b: Outcome;
}

/** Results of the inputs tried so far. */
export interface OutputFindings {
	/** How many inputs were tried, and how many of them came out differently. */
	readonly probes: number;
	readonly differing: number;
	/** `proven`: nothing can differ, so nothing was tried. `quick`: first inputs only. `deep`: all of them. */
	readonly depth: 'proven' | 'quick' | 'deep';
	/** The smallest witness of the worst severity first; few. */
	readonly witnesses: readonly Witness[];
	readonly severity: 'silent' | 'crash' | null;
	/** Problems met while probing, one sentence each: a pattern that backtracks without end. */
	readonly troubles: readonly string[];
	/** Notes on other programs, one sentence each. */
	readonly notes: readonly string[];
}

/** The ten checks, in order of severity. */
export const CHECKS = [
	'loads',
	'output',
	'embedding',
	'vocabulary',
	'config',
	'self-encode',
	'text',
	'round-trip',
	'special-tokens',
	'damage'
] as const;
export type CheckId = (typeof CHECKS)[number];

export interface DriftCheck {
	readonly id: CheckId;
	/** `open`: not run (yet), or what it needs is not there. */
	readonly status: 'pass' | 'fail' | 'open';
	/** The worst of what it found; `null` if it found nothing. `pass` may have found `harmless` things. */
	readonly severity: Severity | null;
	readonly sentence: string;
	/** More sentences, the most telling first; few. */
	readonly details: readonly string[];
}

/**
 * Differences of two tokenizers. A is the one that the model was trained with, B the one that serves it.
 * Parts that take longer are `null` until they are known: `concludeDrift` makes a report of what there is.
 */
export interface DriftReport extends DriftFindings {
	readonly verdict: Verdict;
	/** Why, in one or two sentences. */
	readonly reason: string;
	readonly evidence: Evidence;
	/** In the order of {@link CHECKS}. */
	readonly checks: readonly DriftCheck[];
}

/** Of a file that native refuses and the engine cannot read either: there is nothing else to compare. */
export interface RefusalReport extends Pick<
	DriftReport,
	'reason' | 'evidence' | 'checks' | 'loads'
> {
	readonly verdict: 'crash';
}

export interface DriftFindings extends QuickFindings {
	readonly selfEncode: SelfEncodeFindings | null;
	readonly text: TextFindings | null;
	/** Measured by `drift/damage`; `null` if nothing was. */
	readonly damage: DamageFindings | null;
}

/** Findings that need no corpus. */
export interface QuickFindings {
	/** Whether the two were read from files with different bytes; `null` if they were not both files. */
	readonly otherFile: boolean | null;
	readonly loads: { readonly a: Loads; readonly b: Loads };
	readonly output: OutputFindings;
	readonly embedding: EmbeddingFindings;
	readonly vocabulary: VocabularyFindings;
	readonly merges: MergesFindings;
	readonly config: readonly ConfigDifference[];
	readonly specialTokens: SpecialTokensFindings;
	readonly roundTrip: RoundTripFindings;
	readonly fingerprint: FingerprintFindings;
}

/** B's ids against the rows of the model's embedding. */
export interface EmbeddingFindings {
	/** Rows of the model: A's largest id + 1 unless given. */
	readonly rows: number;
	/** Largest id + 1, special tokens included. */
	readonly sizeA: number;
	readonly sizeB: number;
	/** Tokens of B, special ones included, whose id is `rows` or more: an error. Unreachable ones are left out. */
	readonly outOfRange: number;
	/** Tokens of B with an id below `rows` that A has no token for: rows that were never trained. Unreachable ones are left out. */
	readonly inPadding: number;
	/** Tokens of B with an id that A has no token for, which no text encodes to: no merge makes them. */
	readonly unreachable: number;
	/** The smallest id out of range, or of the padding if none is; `null` for none. */
	readonly firstId: number | null;
	readonly state: 'in-range' | 'padding' | 'out-of-range';
}

/**
 * Which token has which id, special tokens (and control tokens that are only named) apart.
 * sizeA = shared + removed, sizeB = shared + added, shared = sameId + moved.
 */
export interface VocabularyFindings {
	/** Ordinary tokens. */
	readonly sizeA: number;
	readonly sizeB: number;
	readonly shared: number;
	readonly sameId: number;
	readonly moved: number;
	readonly added: number;
	readonly removed: number;
	/** Ids of the shared tokens with the same id. */
	readonly sameIds: Uint32Array;
	/** Ids in A, rising, and in B of the shared tokens with another id. */
	readonly movedA: Uint32Array;
	readonly movedB: Uint32Array;
	/** Ids in B. */
	readonly addedIds: Uint32Array;
	/** Ids in A. */
	readonly removedIds: Uint32Array;
	/** Ids that name another token in B than in A, special and control tokens included: silent if a model reads them. */
	readonly conflictingIds: number;
	/** Whether at least half of the smaller vocabulary has the same ids: only then do ids of texts compare. */
	readonly sameLineage: boolean;
}

export interface MergesFindings {
	readonly sizeA: number;
	readonly sizeB: number;
	/** Merges of B that A does not have, compared by what they join. */
	readonly added: number;
	readonly removed: number;
	/** The first rank in A at which the order of the shared merges differs. */
	readonly firstReordered: number | null;
	/** Which sides list no merges, so that those that their ranks imply were compared. */
	readonly implied: 'none' | 'a' | 'b' | 'both';
}

export interface ConfigDifference {
	/** Path of the field, in the words of tokenizer.json: `pre_tokenizer.pretokenizers[0].pattern.Regex`. */
	readonly field: string;
	/** JSON of the value. */
	readonly a: string;
	readonly b: string;
	readonly severity: Severity;
	readonly sentence: string;
	/** Of two long values (regexes): where they begin to differ. */
	readonly firstDifference: FirstDifference | null;
	/** Output of the stage for the witness's input; `null` if nothing differs. */
	readonly example: ConfigExample | null;
	/** An input that comes out differently because of this field. */
	readonly witness: Witness | null;
	/** Whether the severity follows from the specs alone. */
	readonly proven: boolean;
	readonly tried: number;
}

export interface FirstDifference {
	/** UTF-16 code units from the start of the value. */
	readonly at: number;
	/** Excerpts from there on. */
	readonly a: string;
	readonly b: string;
}

export interface ConfigExample {
	readonly input: string;
	/** Output of the stage for the input: pre-tokens of a pre-tokenizer, one text of any other stage. */
	readonly a: readonly string[];
	readonly b: readonly string[];
}

export interface SpecialTokensFindings {
	/** Added tokens that only B has. */
	readonly added: readonly AddedTokenSpec[];
	/** Added tokens that only A has. */
	readonly missing: readonly AddedTokenSpec[];
	readonly moved: readonly { readonly content: string; readonly a: number; readonly b: number }[];
	/** Those that can change what is recognised. */
	readonly flags: readonly {
		readonly content: string;
		readonly flag: string;
		readonly a: boolean;
		readonly b: boolean;
	}[];
	/** Tokens that the post-processors put around a text. */
	readonly template: {
		readonly a: TemplateIds;
		readonly b: TemplateIds;
		readonly state: 'same' | 'missing' | 'extra' | 'doubled' | 'other';
	};
	/** Chat headers and other texts with special tokens in them, recognised, that are read differently. */
	readonly chat: readonly ChatDifference[];
}

export interface TemplateIds {
	readonly before: readonly number[];
	readonly after: readonly number[];
}

export interface ChatDifference {
	readonly input: string;
	readonly idsA: readonly number[];
	readonly idsB: readonly number[];
}

export interface SelfEncodeFindings {
	readonly a: SelfEncoding;
	readonly b: SelfEncoding;
	/** Ids in B of tokens that A has, too, and reaches, and that B cannot reach. */
	readonly lost: Uint32Array;
}

/** Of ordinary tokens whose bytes are UTF-8: which are not what their own text encodes to. */
export interface SelfEncoding {
	readonly tried: number;
	/** Ids, rising. */
	readonly unreachable: Uint32Array;
}

/** Text → ids → text → ids, over the probes of the fingerprint. */
export interface RoundTripFindings {
	readonly tried: number;
	/** Probes whose text or ids do not come back. */
	readonly changedA: number;
	readonly changedB: number;
	/** A few of the probes that return differently from B. */
	readonly examples: readonly {
		readonly input: string;
		readonly a: string;
		readonly b: string;
	}[];
	/** Number of probes that return differently from B. */
	readonly differing: number;
}

export interface FingerprintFindings {
	/** `bpe-lab-drift-v1:` and 64 hexadecimal digits; `null` if the browser has no SHA-256 (plain http). */
	readonly a: string | null;
	readonly b: string | null;
	readonly chkhshA: string | null;
	readonly chkhshB: string | null;
	/** Whether the ids of all probes are the same. */
	readonly same: boolean;
	readonly chkhshSame: boolean;
	/** The first probe whose ids differ. */
	readonly firstDiffering: string | null;
}

export interface TextFindings extends DocumentCounts {
	readonly documents: number;
	readonly documentsChanged: number;
	readonly perDocument: readonly DocumentFindings[];
	/** Indexes of the documents, the largest share of changed tokens first. */
	readonly worstFirst: Uint32Array;
}

export interface DocumentFindings extends DocumentCounts {
	readonly name: string;
	/** Whether text → ids → text gives the text back. */
	readonly comesBackA: boolean;
	readonly comesBackB: boolean;
}

interface DocumentCounts {
	/** UTF-8. */
	readonly bytes: number;
	readonly tokensA: number;
	readonly tokensB: number;
	/** Tokens of A that B does not have at the same bytes with the same id. */
	readonly changedTokens: number;
	/** Those of them that B splits differently; the others have the same bytes and another id. */
	readonly cutTokens: number;
	/** Tokens of B that A does not have at the same bytes with the same id. */
	readonly newTokens: number;
	readonly firstDivergence: FirstDivergence | null;
	/** The largest id that B gives; -1 for none. */
	readonly largestIdB: number;
}

export interface FirstDivergence {
	readonly document: string;
	readonly byte: number;
	/** Ids of the differing span. */
	readonly idsA: readonly number[];
	readonly idsB: readonly number[];
}

/** How a stretch of text is tokenized under A and B: the same, with other ids, or split differently. */
export const StretchState = { sameIds: 0, otherIds: 1, otherCuts: 2 } as const;
export type StretchState = (typeof StretchState)[keyof typeof StretchState];

/** One text under A and B, aligned by bytes of the original. */
export interface TextAlignment {
	/**
	 * Stretches that tile the text: byte after the last of each, and its {@link StretchState}. Neighbours
	 * of the same state are one stretch, but each span that is split differently is one of its own.
	 */
	readonly ends: Uint32Array;
	readonly states: Uint8Array;
	/** One {@link StretchState} per token. Tokens without bytes are in no stretch and have a state, too. */
	readonly tokensA: Uint8Array;
	readonly tokensB: Uint8Array;
}
