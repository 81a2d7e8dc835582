/** Names of patterns. `none` keeps a text, or each line, as one pre-token. */
export type PatternName = 'gpt2' | 'cl100k' | 'o200k' | 'llama3' | 'qwen2' | 'none';

/** Pattern that splits a text into pre-tokens. Merges never cross their boundaries. */
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
	/** `lines`: every line, with its newline, is a separate text. `whole`: each text is split as a whole. */
	readonly feed: 'lines' | 'whole';
}

export interface MergingRules {
	readonly ties: TieRule;
	/**
	 * `observed`: the bytes that occur, in the order of GPT-2's byte alphabet, as in Hugging Face. Other bytes cannot
	 * be encoded. `bytes`: all 256, with the byte value as id.
	 */
	readonly alphabet: 'observed' | 'bytes';
	/** Target number of tokens: alphabet, merges and special tokens together. */
	readonly vocabularySize: number;
	/** Minimum count of a pair to be merged. With 0 or 1, training stops when no pair is left. */
	readonly minFrequency: number;
	/** Maximum length of a token in bytes; `null` for no limit. */
	readonly maxTokenLength: number | null;
	/** Special tokens get the first ids with the `observed` alphabet (as in Hugging Face), the last ones with `bytes`. */
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
	/** 2m: left id, right id. */
	readonly merges: Uint32Array;
	/**
	 * m: id of each product. Merges that produce the same bytes would share an id, but training never makes such merges
	 * (see `createTrainer`).
	 */
	readonly products: Uint32Array;
	/** m: occurrences of the pair when it was chosen, including overlapping ones. */
	readonly counts: Float64Array;
	/** m: number of tokens of the corpus that each merge removed. Less than `counts` if occurrences overlap. */
	readonly removed: Float64Array;
	/** Number of tokens of the corpus before the first merge, which is its number of bytes. */
	readonly tokensBefore: number;
	/** Reason why training ended: vocabulary size reached, no pair within the limits frequent enough, or stopped. */
	readonly end: 'size' | 'frequency' | 'stopped';
}
