import type { AddedTokenSpec } from '../engine';
import type { DamageFindings } from './damage/types';

export type { DamageFindings } from './damage/types';

/** From mildest to worst. `identical`: the same in every field, and in every byte if both are files. */
export const VERDICTS = ['identical', 'formatting-only', 'harmless', 'silent', 'crash'] as const;

/**
 * - `formatting-only`: the same tokenizer, written differently (merges as pairs or strings).
 * - `harmless`: fields differ, but no input is known whose ids or text differ.
 * - `silent`: ids or text differ, and nothing errors.
 * - `crash`: a file cannot be read, Hugging Face's library refuses it or aborts on it, one side throws on a
 *   text, or B gives ids that the model has no embedding row for.
 */
export type Verdict = (typeof VERDICTS)[number];
export type Severity = Exclude<Verdict, 'identical'>;

/** Whether ids or text differ. */
export const isHarmful = (verdict: Verdict | null): boolean =>
	verdict === 'silent' || verdict === 'crash';

/**
 * Grounds of the verdict. `proven`: it follows from the two specs, or native refuses a file. `probed`: no
 * difference on the inputs tried. `witness`: an input with different output.
 */
export type Evidence = 'proven' | 'probed' | 'witness';

/**
 * Answer of Hugging Face's library to a file: it loads and runs it, or `refused: …` or `aborts: …` with its words. A file
 * that shows by itself that it cannot load is refused as well. `not checked: …` if the library was not asked.
 */
export type Loads = 'yes' | `refused: ${string}` | `aborts: ${string}` | `not checked: ${string}`;

/** Answers of Hugging Face's library to both files. */
export interface NativeAnswers {
	readonly a: Loads;
	readonly b: Loads;
	/** Number of fixed texts that both encoded and decoded, and of those with different output. */
	readonly tried: number;
	readonly differing: number;
	/** The first text with different output; `null` if there is none. */
	readonly witness: Witness | null;
}

/** Output for an input on one side. */
export interface Outcome {
	readonly ids: readonly number[];
	readonly text: string;
	/** Message of the error that it stopped with. */
	readonly error?: string;
}

/** An input with different output, and the output of both sides. */
export interface Witness<Reference extends string = 'native' | 'transformers.js'> {
	/** Program that shows the difference: native tokenizers, or transformers.js as the lab runs it. */
	readonly reference: Reference;
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
	/** Number of inputs tried, and of those with different output. */
	readonly probes: number;
	readonly differing: number;
	/** `proven`: nothing can differ, so nothing was tried. `quick`: only the first inputs. `deep`: all inputs. */
	readonly depth: 'proven' | 'quick' | 'deep';
	/** A few; the smallest witness of the worst severity first. */
	readonly witnesses: readonly Witness[];
	readonly severity: 'silent' | 'crash' | null;
	/** Problems met while probing, one sentence each: a pattern that backtracks without end. */
	readonly troubles: readonly string[];
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
	/** `open`: not asked for, or not run yet. `incomplete`: interrupted, or it could not run. */
	readonly status: 'pass' | 'fail' | 'open' | 'incomplete';
	/** The worst severity found; `null` if nothing was. A check that passes may have found harmless differences. */
	readonly severity: Severity | null;
	readonly sentence: string;
	/** A few more sentences, the most important first. */
	readonly details: readonly string[];
}

/**
 * Differences of two tokenizers. The model was trained with A and is served with B. Findings that take longer are
 * `null` until they are known.
 */
export interface DriftReport extends DriftFindings {
	readonly verdict: Verdict;
	/** Why, in one or two sentences. */
	readonly reason: string;
	readonly evidence: Evidence;
	/** In the order of {@link CHECKS}. */
	readonly checks: readonly DriftCheck[];
}

/** Report on a B that cannot be read. */
export interface RefusalReport extends Pick<
	DriftReport,
	'reason' | 'evidence' | 'checks' | 'loads'
> {
	readonly verdict: 'crash';
}

export interface DriftFindings extends QuickFindings {
	readonly selfEncode: SelfEncodeFindings | null;
	readonly text: TextFindings | null;
	/** Measured by `drift/damage`; `null` if nothing was measured. */
	readonly damage: DamageFindings | null;
	/** Differences of the files beside tokenizer.json; absent if no side has any. */
	readonly beside?: BesideFindings;
}

/** The files of two folders beside tokenizer.json: tokenizer_config.json, chat template and others. */
export interface BesideFindings {
	/** The worst first. */
	readonly differences: readonly BesideDifference[];
	/** Files that could not be compared, one sentence each. */
	readonly notes: readonly string[];
}

export interface BesideDifference {
	/** Name of the file. */
	readonly file: string;
	/** Name of the field; `null` for the file as a whole. */
	readonly field: string | null;
	/** JSON of the value; `null` for none. */
	readonly a: string | null;
	readonly b: string | null;
	readonly severity: Severity;
	/** Kind of output that changes. */
	readonly changes: 'ids' | 'text' | 'batches' | 'prompt' | 'generation' | 'nothing';
	readonly sentence: string;
	/** An input whose output the field changes in Python's transformers. */
	readonly witness: Witness<'transformers'> | null;
}

/** Findings that need no corpus. */
export interface QuickFindings {
	/** Whether both were read from files and these differ; `null` if not both are files. */
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

/** B's ids compared with the rows of the model's embedding. */
export interface EmbeddingFindings {
	readonly rows: number;
	/** Rows if none are given: those that A's models are known to have, or else {@link sizeA}. */
	readonly defaultRows: number;
	/** Largest id + 1, special tokens included. */
	readonly sizeA: number;
	readonly sizeB: number;
	/** Tokens of B, special ones included, whose id is `rows` or more. Without unreachable ones. */
	readonly outOfRange: number;
	/** Tokens of B with an id below `rows` that A has no token for: untrained rows. Without unreachable ones. */
	readonly inPadding: number;
	/** Tokens of B with an id that A has no token for, and that no merge makes. */
	readonly unreachable: number;
	/** The smallest id out of range, or else in the padding; `null` for none. */
	readonly firstId: number | null;
	readonly state: 'in-range' | 'padding' | 'out-of-range';
}

/**
 * Tokens and their ids, without special tokens and control tokens that are only named.
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
	/** Ids of the shared tokens with the same id, ascending. */
	readonly sameIds: Uint32Array;
	/** Ids in A, ascending, and in B of the shared tokens with different ids. */
	readonly movedA: Uint32Array;
	readonly movedB: Uint32Array;
	/** Ids in B. */
	readonly addedIds: Uint32Array;
	/** Ids in A. */
	readonly removedIds: Uint32Array;
	/** Number of ids with different tokens in A and B, special and control tokens included. */
	readonly conflictingIds: number;
	/** Whether at least half of the smaller vocabulary has the same ids, so that ids of texts can be compared. */
	readonly sameLineage: boolean;
}

export interface MergesFindings {
	readonly sizeA: number;
	readonly sizeB: number;
	/** Merges of B that A does not have, compared by the tokens that they join. */
	readonly added: number;
	readonly removed: number;
	/** The first rank in A at which the order of the shared merges differs. */
	readonly firstReordered: number | null;
}

export interface ConfigDifference {
	/** Path of the field in tokenizer.json: `pre_tokenizer.pretokenizers[0].pattern.Regex`. */
	readonly field: string;
	/** JSON of the value. */
	readonly a: string;
	readonly b: string;
	readonly severity: Severity;
	readonly sentence: string;
	/** Output of the stage for the witness; `null` if it is the same. */
	readonly example: ConfigExample | null;
	/** An input whose output this field changes. */
	readonly witness: Witness | null;
	/** Whether the severity follows from the specs alone. */
	readonly proven: boolean;
}

export interface ConfigExample {
	readonly input: string;
	/** Pre-tokens of a pre-tokenizer, one text of any other stage. */
	readonly a: readonly string[];
	readonly b: readonly string[];
}

export interface SpecialTokensFindings {
	/** Added tokens that only B has. */
	readonly added: readonly AddedTokenSpec[];
	/** Added tokens that only A has. */
	readonly missing: readonly AddedTokenSpec[];
	readonly moved: readonly { readonly content: string; readonly a: number; readonly b: number }[];
	/** Flags that differ. */
	readonly flags: readonly {
		readonly content: string;
		readonly flag: string;
		readonly a: boolean;
		readonly b: boolean;
	}[];
	/** Tokens that the post-processors add around a text. */
	readonly template: {
		readonly a: TemplateIds;
		readonly b: TemplateIds;
		readonly state: 'same' | 'missing' | 'extra' | 'doubled' | 'other';
	};
	/** Chats and other texts with special tokens, recognised, that have different ids. */
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
	/** Ids in B of shared tokens that A can produce and B cannot. */
	readonly lost: Uint32Array;
}

/** Self-encode check of ordinary tokens whose bytes are UTF-8. */
export interface SelfEncoding {
	readonly tried: number;
	/** Ids of tokens whose text does not encode to them, ascending. */
	readonly unreachable: Uint32Array;
}

/** Text → ids → text → ids, for the probes of the fingerprint. */
export interface RoundTripFindings {
	readonly tried: number;
	/** Probes whose text or ids change. */
	readonly changedA: number;
	readonly changedB: number;
	/** A few of the probes that come back differently from B. */
	readonly examples: readonly {
		readonly input: string;
		readonly a: string;
		readonly b: string;
	}[];
	/** Number of probes that come back differently from B. */
	readonly differing: number;
}

/**
 * What a fingerprint hashes.
 * - `vocabulary`, `merges`, `addedTokens`: the tables, whatever way a file writes them.
 * - `normalizer`, `preTokenizer`, `decoder`: their rules in normal form.
 * - `texts`: ids and decoded text of fixed texts. `template`: ids that are added to a text or a pair.
 * - `file`: what else a file says: whether it shows that native refuses it, truncation, padding, dropout.
 */
export const PART_NAMES = [
	'vocabulary',
	'merges',
	'addedTokens',
	'normalizer',
	'preTokenizer',
	'decoder',
	'texts',
	'template',
	'file'
] as const;
export type FingerprintPart = (typeof PART_NAMES)[number];

export interface FingerprintFindings {
	/** `bpe-lab-drift-v2:` and 64 hexadecimal digits; `null` if the browser has no SHA-256 (plain http). */
	readonly a: string | null;
	readonly b: string | null;
	readonly chkhshA: string | null;
	readonly chkhshB: string | null;
	/** Whether the two are equal, also where there is no SHA-256. */
	readonly same: boolean;
	readonly chkhshSame: boolean;
	/** Parts of the fingerprint that differ. Only `texts` shows different output by itself. */
	readonly parts: readonly FingerprintPart[];
	/** The first of the fixed texts whose ids, or the text of which, differ. */
	readonly firstDiffering: string | null;
}

export interface TextFindings extends DocumentCounts {
	readonly documents: number;
	readonly documentsChanged: number;
	readonly perDocument: readonly DocumentFindings[];
	/** Indexes of the documents, by the share of changed tokens, largest first. */
	readonly worstFirst: Uint32Array;
}

export interface DocumentFindings extends DocumentCounts {
	readonly name: string;
	/** Whether text → ids → text gives the same text. */
	readonly comesBackA: boolean;
	readonly comesBackB: boolean;
}

interface DocumentCounts {
	/** Bytes of UTF-8. */
	readonly bytes: number;
	readonly tokensA: number;
	readonly tokensB: number;
	/** Tokens of A that B does not have at the same bytes with the same id. */
	readonly changedTokens: number;
	/** Changed tokens that B splits differently; the others have the same bytes and a different id. */
	readonly cutTokens: number;
	/** Tokens of B that A does not have at the same bytes with the same id. */
	readonly newTokens: number;
	readonly firstDivergence: FirstDivergence | null;
	/** Largest id that B gives; -1 for none. */
	readonly largestIdB: number;
}

export interface FirstDivergence {
	readonly document: string;
	readonly byte: number;
	/** Ids of the differing span. */
	readonly idsA: readonly number[];
	readonly idsB: readonly number[];
}
