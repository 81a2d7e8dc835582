/** Name of a pattern. `none` keeps each text (or each line, with the `lines` feed) as a single pre-token. */
export type PatternName = 'gpt2' | 'cl100k' | 'o200k' | 'llama3' | 'qwen2' | 'none';

/** Pattern that splits a text into pre-tokens. Merges never cross pre-token boundaries. */
export type TrainingPattern = PatternName | { readonly regex: string };

/**
 * The tie-breaking rule, which selects one of the pairs with the highest count.
 * `huggingface`: the pair with the smallest left id, then the smallest right id (Hugging Face, rustbpe).
 * `first-seen`: the pair that occurs first in the current tokens (minbpe, tiktoken's teaching module).
 */
export type TieRule = 'huggingface' | 'first-seen';

/** Rules for splitting a corpus into pre-tokens. */
export interface CountingRules {
	readonly pattern: TrainingPattern;
	/** `lines`: every line, including its newline, is a separate text. `whole`: each text is split as a whole. */
	readonly feed: 'lines' | 'whole';
}

export interface MergingRules {
	readonly ties: TieRule;
	/**
	 * `observed`: the bytes that occur in the corpus, in the order of GPT-2's byte alphabet, as in Hugging Face's
	 * library; other bytes cannot be encoded. `bytes`: all 256 bytes, with their values as ids.
	 */
	readonly alphabet: 'observed' | 'bytes';
	/** Target number of tokens, including the alphabet and special tokens. */
	readonly vocabularySize: number;
	/** Minimum count for a pair to be merged. With 0 or 1, every pair that occurs can be merged. */
	readonly minFrequency: number;
	/** Maximum length of a token in bytes; `null` for no limit. */
	readonly maxTokenLength: number | null;
	/**
	 * Special tokens get the first ids with the `observed` alphabet (as in Hugging Face's library) and the last ids
	 * with `bytes`.
	 */
	readonly specialTokens: readonly string[];
}

export type TrainingRules = CountingRules & MergingRules;

/** The n distinct pre-tokens of a corpus with their counts, in the order of their first occurrence. */
export interface PretokenCounts {
	/** Bytes of all pre-tokens, back to back. */
	readonly bytes: Uint8Array;
	/** n: end byte (exclusive) of each pre-token in `bytes`. */
	readonly ends: Uint32Array;
	/** n: number of occurrences of each pre-token. */
	readonly counts: Float64Array;
}

/** The result of training: m merges in order. */
export interface Training {
	readonly rules: TrainingRules;
	/** The alphabet's bytes in the order of their ids. */
	readonly alphabet: Uint8Array;
	/** 2m: left and right id of each merge. */
	readonly merges: Uint32Array;
	/** m: id of each product. No two merges produce the same bytes (see `createTrainer`). */
	readonly products: Uint32Array;
	/** m: number of occurrences of each merged pair when it was chosen, including overlapping occurrences. */
	readonly counts: Float64Array;
	/** m: number of tokens by which each merge shortened the corpus. Lower than `counts` if occurrences overlap. */
	readonly removed: Float64Array;
	/** Number of tokens in the corpus before the first merge: one per byte. */
	readonly tokensBefore: number;
	/**
	 * Why training ended: the vocabulary size was reached, no pair within the limits was frequent enough, or training
	 * was stopped.
	 */
	readonly end: 'size' | 'frequency' | 'stopped';
}
