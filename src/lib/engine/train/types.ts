/** Input and output of training a byte-level BPE. */

/** Named pre-token patterns; `none` keeps a text (or a line of it) as one pre-token. */
export type PatternName = 'gpt2' | 'cl100k' | 'o200k' | 'llama3' | 'qwen2' | 'none';

/** The pattern that splits a text into pre-tokens before pairs are counted; no merge crosses a boundary. */
export type TrainingPattern = PatternName | { readonly regex: string };

/**
 * The tie-breaking rule: which of the pairs with the highest count is merged.
 * `huggingface`: the smallest left id, then the smallest right id (Hugging Face, rustbpe).
 * `first-seen`: the one that occurs first in the current text (minbpe, tiktoken's teaching module).
 */
export type TieRule = 'huggingface' | 'first-seen';

/** Rules for splitting a corpus into pre-tokens. */
export interface CountingRules {
	readonly pattern: TrainingPattern;
	/** `lines`: every line, with its newline, is a separate text. `whole`: the pattern sees the whole text. */
	readonly feed: 'lines' | 'whole';
}

export interface MergingRules {
	readonly ties: TieRule;
	/**
	 * `observed`: the bytes that occur, in the order of GPT-2's byte alphabet (as Hugging Face does);
	 * other bytes cannot be encoded. `bytes`: all 256, id = byte value.
	 */
	readonly alphabet: 'observed' | 'bytes';
	/** Target for the largest id + 1: alphabet, merges and special tokens together. */
	readonly vocabularySize: number;
	/** Pairs that occur fewer times are not merged; with 0, training stops when no pair is left. */
	readonly minFrequency: number;
	/** Longest token in bytes; `null` for any length. */
	readonly maxTokenLength: number | null;
	/** They get the first ids with the `observed` alphabet (as in Hugging Face), the last with `bytes`. */
	readonly specialTokens: readonly string[];
}

export type TrainingRules = CountingRules & MergingRules;

/** Distinct pre-tokens of a corpus with their counts, first seen first. n pre-tokens. */
export interface PretokenCounts {
	/** Their bytes, back to back. */
	readonly bytes: Uint8Array;
	/** n: exclusive end of each in `bytes`. */
	readonly ends: Uint32Array;
	/** n: occurrences of each. */
	readonly counts: Float64Array;
}

/** The result of training: m merges, in order. */
export interface Training {
	readonly rules: TrainingRules;
	/** The alphabet's bytes in the order of their ids. */
	readonly alphabet: Uint8Array;
	/** 2m: left id, right id. */
	readonly merges: Uint32Array;
	/**
	 * m: id that each merge makes. Two merges that spelled the same bytes would share one, but training on a
	 * corpus never makes such merges (see `createTrainer`).
	 */
	readonly products: Uint32Array;
	/** m: occurrences of the pair when it was chosen (overlapping ones all count). */
	readonly counts: Float64Array;
	/** m: tokens of the corpus that the merge removed (of overlapping occurrences only some merge). */
	readonly removed: Float64Array;
	/** Tokens of the corpus before the first merge: its bytes within pre-tokens. */
	readonly tokensBefore: number;
	/** Why training ended: at the vocabulary size, because no pair within the limits was frequent enough, or stopped. */
	readonly end: 'size' | 'frequency' | 'stopped';
}
