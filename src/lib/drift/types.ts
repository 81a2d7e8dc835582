import type { AddedTokenSpec } from '../engine';
import type { DamageFindings } from './damage/types';

export type { DamageFindings } from './damage/types';

/**
 * From mildest to worst. `identical` means that all fields are the same and, if both tokenizers are files, all bytes.
 */
export const VERDICTS = ['identical', 'formatting-only', 'harmless', 'silent', 'crash'] as const;

/**
 * - `formatting-only`: the files define the same tokenizer in different ways (merges as pairs or strings).
 * - `harmless`: fields differ, but there is no known input whose ids or text differ.
 * - `silent`: ids or text differ, and there is no error.
 * - `crash`: a file can't be read, Hugging Face's library rejects it or aborts on it, one side throws an error on a
 *   text, or B returns ids that have no embedding row in the model.
 */
export type Verdict = (typeof VERDICTS)[number];
export type Severity = Exclude<Verdict, 'identical'>;

/** Whether the verdict means that ids or text differ. */
export const isHarmful = (verdict: Verdict | null): boolean =>
	verdict === 'silent' || verdict === 'crash';

/**
 * Grounds for the verdict. `proven`: it follows from the two specs, or Hugging Face's native library rejects a file.
 * `probed`: no difference on the inputs tried. `witness`: an input with different output.
 */
export type Evidence = 'proven' | 'probed' | 'witness';

/**
 * How Hugging Face's library handles a file: `yes` if it loads and runs the file; `refused: …` or `aborts: …` with the
 * library's message. Files that obviously can't load count as refused. `not checked: …` if the library wasn't run.
 */
export type Loads = 'yes' | `refused: ${string}` | `aborts: ${string}` | `not checked: ${string}`;

/** Results of running Hugging Face's library on both files. */
export interface NativeAnswers {
	readonly a: Loads;
	readonly b: Loads;
	/** Number of fixed texts tried on both sides, and the number whose output differed. */
	readonly tried: number;
	readonly differing: number;
	/** The first text whose output differs; `null` if there is none. */
	readonly witness: Witness | null;
}

/** Output for an input on one side. */
export interface Outcome {
	readonly ids: readonly number[];
	readonly text: string;
	/** Message of the error that stopped encoding or decoding. */
	readonly error?: string;
}

/** An input for which the two sides give different output, and that output. */
export interface Witness<Reference extends string = 'native' | 'transformers.js'> {
	/** Program that shows the difference: Hugging Face's native library, or transformers.js as the lab runs it. */
	readonly reference: Reference;
	/**
	 * What differs:
	 * - `encode`: the ids of the input; `decode`: the text decoded from its ids, which are the same.
	 * - `encode-pair`: the ids of two inputs encoded as a pair.
	 * - `encode-batch`: the ids of the first input when all inputs are encoded as a batch.
	 */
	readonly does: 'encode' | 'decode' | 'encode-pair' | 'encode-batch';
	readonly inputs: readonly string[];
	/** Whether special tokens in the input are recognised, as they are by default in Hugging Face's native library. */
	readonly special: 'text' | 'parse';
	readonly addSpecialTokens: boolean;
	readonly skipSpecial: boolean;
	readonly a: Outcome;
	readonly b: Outcome;
}

/** Results for the inputs tried so far. */
export interface OutputFindings {
	/** Number of inputs tried, and the number whose output differed. */
	readonly probes: number;
	readonly differing: number;
	/** `proven`: nothing can differ, so nothing was tried. `quick`: only the first inputs. `deep`: all inputs. */
	readonly depth: 'proven' | 'quick' | 'deep';
	/** A few witnesses. The first one is the smallest of the witnesses with the worst severity. */
	readonly witnesses: readonly Witness[];
	readonly severity: 'silent' | 'crash' | null;
	/** Problems while probing, one sentence each, such as a pattern that backtracks excessively. */
	readonly problems: readonly string[];
}

/** The checks, in order of severity. */
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
	/** `open`: not requested, or not run yet. `incomplete`: interrupted, or unable to run. */
	readonly status: 'pass' | 'fail' | 'open' | 'incomplete';
	/** The worst severity found; `null` if nothing was found. A passing check may have found harmless differences. */
	readonly severity: Severity | null;
	readonly sentence: string;
	/** Sentences with details, most important first. */
	readonly details: readonly string[];
}

/**
 * Differences between two tokenizers. The model was trained with A and is served with B. Findings that take longer to
 * compute are `null` until they are available.
 */
export interface DriftReport extends DriftFindings {
	readonly verdict: Verdict;
	/** Reason for the verdict, in one or two sentences. */
	readonly reason: string;
	readonly evidence: Evidence;
	/** In the order of {@link CHECKS}. */
	readonly checks: readonly DriftCheck[];
}

/** Report for when B can't be read. */
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
	/** Differences in the files next to tokenizer.json; absent if neither side has any. */
	readonly beside?: HubFileFindings;
}

/** Comparison of the files next to tokenizer.json in two folders: tokenizer_config.json, chat template and others. */
export interface HubFileFindings {
	/** Worst first. */
	readonly differences: readonly HubFileDifference[];
	/** Files that couldn't be compared, one sentence each. */
	readonly notes: readonly string[];
}

export interface HubFileDifference {
	readonly file: string;
	/** Name of the field; `null` for the whole file. */
	readonly field: string | null;
	/** The value as JSON; `null` if absent. */
	readonly a: string | null;
	readonly b: string | null;
	readonly severity: Severity;
	readonly changes: 'ids' | 'text' | 'batches' | 'prompt' | 'generation' | 'nothing';
	readonly sentence: string;
	/** An input for which this field changes the output of Python's transformers. */
	readonly witness: Witness<'transformers'> | null;
}

/** Findings that don't need a corpus. */
export interface QuickFindings {
	/** Whether the two files differ; `null` unless both tokenizers were read from files. */
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

/** Comparison of B's ids with the rows of the model's embedding matrix. */
export interface EmbeddingFindings {
	readonly rows: number;
	/**
	 * Number of rows if the user doesn't set it: the number in models trained with A, if known; otherwise, {@link sizeA}.
	 */
	readonly defaultRows: number;
	/** Largest id + 1, including special tokens. */
	readonly sizeA: number;
	readonly sizeB: number;
	/** Number of B's tokens, including special ones, whose ids are `rows` or more. Excludes unreachable tokens. */
	readonly outOfRange: number;
	/**
	 * Number of B's tokens whose id is below `rows` but not used by A, so that the embedding row for the id is untrained.
	 * Excludes unreachable tokens.
	 */
	readonly inPadding: number;
	/** Number of B's tokens that can't be produced by merges and whose id A doesn't use. */
	readonly unreachable: number;
	/** The smallest id counted in `outOfRange` or, if there is none, in `inPadding`; `null` if there is neither. */
	readonly firstId: number | null;
	readonly state: 'in-range' | 'padding' | 'out-of-range';
}

/**
 * Comparison of tokens and their ids, without special and control tokens. sizeA = shared + removed, sizeB = shared +
 * added, shared = sameId + moved.
 */
export interface VocabularyFindings {
	readonly sizeA: number;
	readonly sizeB: number;
	readonly shared: number;
	readonly sameId: number;
	readonly moved: number;
	readonly added: number;
	readonly removed: number;
	/** Ids of the shared tokens with the same id, ascending. */
	readonly sameIds: Uint32Array;
	/** Ids of the shared tokens whose ids differ. `movedA` is ascending. */
	readonly movedA: Uint32Array;
	readonly movedB: Uint32Array;
	/** Ids in B. */
	readonly addedIds: Uint32Array;
	/** Ids in A. */
	readonly removedIds: Uint32Array;
	/** Number of ids with different tokens in A and B, including special and control tokens. */
	readonly conflictingIds: number;
	/**
	 * Whether at least half of the smaller vocabulary's tokens have the same ids on both sides. Otherwise,
	 * comparing ids is meaningless.
	 */
	readonly sameLineage: boolean;
}

export interface MergesFindings {
	readonly sizeA: number;
	readonly sizeB: number;
	/** Number of pairs of tokens that B merges but A doesn't. */
	readonly added: number;
	readonly removed: number;
	/** The rank in A of the first shared merge whose order differs in B. */
	readonly firstReordered: number | null;
}

export interface ConfigDifference {
	/** Path of the field in tokenizer.json: `pre_tokenizer.pretokenizers[0].pattern.Regex`. */
	readonly field: string;
	/** The value as JSON. */
	readonly a: string;
	readonly b: string;
	readonly severity: Severity;
	readonly sentence: string;
	/** Output of the stage for the input of {@link witness}; `null` if it is the same on both sides. */
	readonly example: ConfigExample | null;
	/** An input for which this field changes the output. */
	readonly witness: Witness | null;
	/** Whether the severity was determined from the specs alone. */
	readonly proven: boolean;
}

export interface ConfigExample {
	readonly input: string;
	/** Pre-tokens if the stage is a pre-tokenizer; otherwise, a single text. */
	readonly a: readonly string[];
	readonly b: readonly string[];
}

export interface SpecialTokensFindings {
	/** Added tokens that only B has. */
	readonly added: readonly AddedTokenSpec[];
	/** Added tokens that only A has. */
	readonly missing: readonly AddedTokenSpec[];
	readonly moved: readonly { readonly content: string; readonly a: number; readonly b: number }[];
	readonly flags: readonly {
		readonly content: string;
		readonly flag: string;
		readonly a: boolean;
		readonly b: boolean;
	}[];
	/** Tokens that the post-processors add around text. */
	readonly template: {
		readonly a: TemplateIds;
		readonly b: TemplateIds;
		readonly state: 'same' | 'missing' | 'extra' | 'doubled' | 'other';
	};
	/** Chats and other texts whose ids differ when special tokens are recognised. */
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
	/** Shared tokens that A can produce but B can't, as ids in B. */
	readonly lost: Uint32Array;
}

/** Results of the self-encode check for ordinary tokens whose bytes are valid UTF-8. */
export interface SelfEncoding {
	readonly tried: number;
	/** Ids of tokens whose text doesn't encode to the token itself, ascending. */
	readonly unreachable: Uint32Array;
}

/** Round trips (text → ids → text → ids) of the fingerprint's texts. */
export interface RoundTripFindings {
	readonly tried: number;
	/** Number of texts for which a round trip changes the text or its ids. */
	readonly changedA: number;
	readonly changedB: number;
	/** Examples of the texts counted in `differing`. */
	readonly examples: readonly {
		readonly input: string;
		readonly a: string;
		readonly b: string;
	}[];
	/** Number of texts whose round trip has a different result with B than with A. */
	readonly differing: number;
}

/**
 * Parts covered by a fingerprint.
 * - `vocabulary`, `merges`, `addedTokens`: the tables, regardless of how they are written in a file.
 * - `normalizer`, `preTokenizer`, `decoder`: their rules in normal form.
 * - `texts`: ids and decoded text of fixed texts. `template`: ids added to a text or a pair.
 * - `file`: truncation, padding, dropout, the ids listed for added tokens, and whether Hugging Face's native library is
 *   known to reject the file.
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
	/** Whether the two fingerprints are equal. Doesn't depend on SHA-256 being available. */
	readonly same: boolean;
	readonly chkhshSame: boolean;
	/** Parts that differ. Only `texts` proves on its own that the output differs. */
	readonly parts: readonly FingerprintPart[];
	/** The first fixed text whose ids or decoded text differ. */
	readonly firstDiffering: string | null;
}

export interface TextFindings extends DocumentCounts {
	readonly documents: number;
	readonly documentsChanged: number;
	readonly perDocument: readonly DocumentFindings[];
	/** Indices of the documents, sorted by the share of changed tokens, largest first. */
	readonly worstFirst: Uint32Array;
}

export interface DocumentFindings extends DocumentCounts {
	readonly name: string;
	/** Whether a round trip (text → ids → text) returns the original text. */
	readonly roundTripsA: boolean;
	readonly roundTripsB: boolean;
}

interface DocumentCounts {
	readonly bytes: number;
	readonly tokensA: number;
	readonly tokensB: number;
	/** Number of A's tokens for which B has no token with the same id and byte span. */
	readonly changedTokens: number;
	/**
	 * Number of changed tokens where B splits the text differently. The other changed tokens have the same span in B,
	 * but a different id.
	 */
	readonly cutTokens: number;
	/** Number of B's tokens for which A has no token with the same id and byte span. */
	readonly newTokens: number;
	readonly firstDivergence: FirstDivergence | null;
	/** Largest id in B's encoding; -1 if the encoding is empty. */
	readonly largestIdB: number;
}

export interface FirstDivergence {
	readonly document: string;
	readonly byte: number;
	readonly idsA: readonly number[];
	readonly idsB: readonly number[];
}
