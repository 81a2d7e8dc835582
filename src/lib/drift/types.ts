import type { AddedTokenSpec } from '../engine';
import type { DamageFindings } from './damage/types';

export type { DamageFindings } from './damage/types';

/** From mildest to worst. `identical`: the same in every field, and in every byte if both are files. */
export const VERDICTS = ['identical', 'formatting-only', 'harmless', 'silent', 'crash'] as const;

/**
 * - `formatting-only`: the same tokenizer, written differently (merges as pairs or strings).
 * - `harmless`: fields differ, but there is no known input whose ids or text differ.
 * - `silent`: ids or text differ, and there is no error.
 * - `crash`: a file can't be read, Hugging Face's library rejects it or aborts on it, one side throws on a text, or B
 *   returns ids that the model has no embedding row for.
 */
export type Verdict = (typeof VERDICTS)[number];
export type Severity = Exclude<Verdict, 'identical'>;

/** Whether ids or text differ. */
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
	/** Number of fixed texts that both sides encoded and decoded, and how many of them gave different output. */
	readonly tried: number;
	readonly differing: number;
	/** The first text with different output; `null` if there is none. */
	readonly witness: Witness | null;
}

/** Output for an input on one side. */
export interface Outcome {
	readonly ids: readonly number[];
	readonly text: string;
	/** Message of the error that stopped encoding or decoding. */
	readonly error?: string;
}

/** An input with different output, and the output of both sides. */
export interface Witness<Reference extends string = 'native' | 'transformers.js'> {
	/** Program that shows the difference: Hugging Face's native library, or transformers.js as the lab runs it. */
	readonly reference: Reference;
	/**
	 * What differs:
	 * - `encode`: the ids of the input; `decode`: the text of its ids, which are equal.
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
	/** Number of inputs tried, and how many of them gave different output. */
	readonly probes: number;
	readonly differing: number;
	/** `proven`: nothing can differ, so nothing was tried. `quick`: only the first inputs. `deep`: all inputs. */
	readonly depth: 'proven' | 'quick' | 'deep';
	/** A few witnesses. The first is the smallest of those with the worst severity. */
	readonly witnesses: readonly Witness[];
	readonly severity: 'silent' | 'crash' | null;
	/** Problems while probing, one sentence each, such as a pattern that backtracks without end. */
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
	/** A few sentences with details, most important first. */
	readonly details: readonly string[];
}

/**
 * Differences between two tokenizers. The model was trained with A and is served with B. Findings that take longer to
 * compute are `null` until they're available.
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
	/** JSON of the value; `null` if absent. */
	readonly a: string | null;
	readonly b: string | null;
	readonly severity: Severity;
	/** Kind of output that changes. */
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

/** B's ids compared with the rows of the model's embedding. */
export interface EmbeddingFindings {
	readonly rows: number;
	/**
	 * Number of rows if the user doesn't set it: the known row count of models trained with A or, failing that,
	 * {@link sizeA}.
	 */
	readonly defaultRows: number;
	/** Largest id + 1, special tokens included. */
	readonly sizeA: number;
	readonly sizeB: number;
	/** Number of B's tokens, including special ones, whose ids are `rows` or more. Excludes unreachable tokens. */
	readonly outOfRange: number;
	/**
	 * Number of B's tokens whose ids are below `rows` but have no token in A, so their rows are untrained. Excludes
	 * unreachable tokens.
	 */
	readonly inPadding: number;
	/** Number of B's tokens that no merge produces and whose ids have no token in A. */
	readonly unreachable: number;
	/** The smallest id that is out of range or, failing that, in the padding; `null` if every id is in range. */
	readonly firstId: number | null;
	readonly state: 'in-range' | 'padding' | 'out-of-range';
}

/**
 * Comparison of tokens and their ids. Excludes special and control tokens. sizeA = shared + removed, sizeB = shared +
 * added, shared = sameId + moved.
 */
export interface VocabularyFindings {
	/** Number of ordinary tokens. */
	readonly sizeA: number;
	readonly sizeB: number;
	readonly shared: number;
	readonly sameId: number;
	readonly moved: number;
	readonly added: number;
	readonly removed: number;
	/** Ids of the shared tokens with the same id, ascending. */
	readonly sameIds: Uint32Array;
	/** Ids of the shared tokens whose ids differ: in A (ascending) and in B. */
	readonly movedA: Uint32Array;
	readonly movedB: Uint32Array;
	/** Ids in B. */
	readonly addedIds: Uint32Array;
	/** Ids in A. */
	readonly removedIds: Uint32Array;
	/** Number of ids with different tokens in A and B, special and control tokens included. */
	readonly conflictingIds: number;
	/**
	 * Whether at least half of the smaller vocabulary has the same ids on both sides. Only then can ids be compared.
	 */
	readonly sameLineage: boolean;
}

export interface MergesFindings {
	readonly sizeA: number;
	readonly sizeB: number;
	/** Number of merges in B that join a pair of tokens that A doesn't merge. */
	readonly added: number;
	readonly removed: number;
	/** The first rank in A at which the order of the shared merges differs from B. */
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
	/** Output of the stage for the witness; `null` if both sides give the same output. */
	readonly example: ConfigExample | null;
	/** An input for which this field changes the output. */
	readonly witness: Witness | null;
	/** Whether the severity follows from the specs alone. */
	readonly proven: boolean;
}

export interface ConfigExample {
	readonly input: string;
	/** Pre-tokens if the stage is a pre-tokenizer, otherwise a single text. */
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
	/** Ids in B of shared tokens that A can produce but B can't. */
	readonly lost: Uint32Array;
}

/** Results of the self-encode check for ordinary tokens whose bytes are valid UTF-8. */
export interface SelfEncoding {
	readonly tried: number;
	/** Ids of tokens whose text doesn't encode to them, ascending. */
	readonly unreachable: Uint32Array;
}

/** Round trips (text → ids → text → ids) of the fingerprint's texts. */
export interface RoundTripFindings {
	readonly tried: number;
	/** Number of texts that a round trip changes, or that encode to different ids afterwards. */
	readonly changedA: number;
	readonly changedB: number;
	/** A few of the texts for which B's round trip has a different result from A's. */
	readonly examples: readonly {
		readonly input: string;
		readonly a: string;
		readonly b: string;
	}[];
	/** Number of texts for which B's round trip has a different result from A's. */
	readonly differing: number;
}

/**
 * Parts that a fingerprint hashes.
 * - `vocabulary`, `merges`, `addedTokens`: the tables, regardless of how a file writes them.
 * - `normalizer`, `preTokenizer`, `decoder`: their rules in normal form.
 * - `texts`: ids and decoded text of fixed texts. `template`: ids added to a text or a pair.
 * - `file`: truncation, padding, dropout, listed ids of added tokens, known rejection by Hugging Face's native library.
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
	/** Whether the two fingerprints are equal, which is known even without SHA-256. */
	readonly same: boolean;
	readonly chkhshSame: boolean;
	/** Parts of the fingerprint that differ. Only `texts` proves by itself that the output differs. */
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
	/** Whether text → ids → text gives the same text. */
	readonly roundTripsA: boolean;
	readonly roundTripsB: boolean;
}

interface DocumentCounts {
	/** Number of UTF-8 bytes. */
	readonly bytes: number;
	readonly tokensA: number;
	readonly tokensB: number;
	/** Number of A's tokens that B doesn't have at the same bytes with the same id. */
	readonly changedTokens: number;
	/**
	 * Number of changed tokens that B splits differently. The other changed tokens have the same bytes in B but a
	 * different id.
	 */
	readonly cutTokens: number;
	/** Number of B's tokens that A doesn't have at the same bytes with the same id. */
	readonly newTokens: number;
	readonly firstDivergence: FirstDivergence | null;
	/** Largest id that B returns; -1 if it returns none. */
	readonly largestIdB: number;
}

export interface FirstDivergence {
	readonly document: string;
	readonly byte: number;
	/** Ids in the differing span. */
	readonly idsA: readonly number[];
	readonly idsB: readonly number[];
}
