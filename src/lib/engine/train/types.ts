/** What goes into training a byte-level BPE, and what comes out of it. */

/** The pre-token patterns with a name; `none` keeps a text (or a line of it) as one pre-token. */
export type PatternName = 'gpt2' | 'cl100k' | 'o200k' | 'llama3' | 'qwen2' | 'none';

/** How a text is cut into pre-tokens before pairs are counted; no merge crosses a cut. */
export type TrainingPattern = PatternName | { readonly regex: string };

/**
 * Which of the pairs with the highest count is merged.
 * `huggingface`: the smallest left id, then the smallest right id (Hugging Face, rustbpe).
 * `first-seen`: the one that occurs first in the text as it stands (minbpe, tiktoken's teaching module).
 */
export type TieRule = 'huggingface' | 'first-seen';

/** How a text is cut into pre-tokens. */
export interface CountingRules {
	readonly pattern: TrainingPattern;
	/** `lines`: every line, with its newline, is a text of its own. `whole`: the pattern sees it all. */
	readonly feed: 'lines' | 'whole';
}

export interface MergingRules {
	readonly ties: TieRule;
	/**
	 * `observed`: the bytes that occur, in the order of GPT-2's byte alphabet (as Hugging Face does);
	 * other bytes cannot be encoded. `bytes`: all 256, id = byte value.
	 */
	readonly alphabet: 'observed' | 'bytes';
	/** Largest id + 1 that is aimed at: alphabet, merges and special tokens together. */
	readonly vocabularySize: number;
	/** Pairs that occur fewer times than this are not merged; 0 stops where no pair is left. */
	readonly minFrequency: number;
	/** Longest token in bytes; null for any length. */
	readonly maxTokenLength: number | null;
	/** First ids with the `observed` alphabet (as Hugging Face), last ids with `bytes`. */
	readonly specialTokens: readonly string[];
}

export type TrainingRules = CountingRules & MergingRules;

/** Distinct pre-tokens of a corpus with their counts, first seen first. n pre-tokens. */
export interface PretokenCounts {
	/** Their bytes, back to back. */
	readonly bytes: Uint8Array;
	/** n: exclusive end of each in `bytes`. */
	readonly ends: Uint32Array;
	/** n: how often each occurs. */
	readonly counts: Float64Array;
}

/** What training decided. m merges, in order. */
export interface Training {
	readonly rules: TrainingRules;
	/** The alphabet's bytes in the order of their ids. */
	readonly alphabet: Uint8Array;
	/** 2m: left id, right id. */
	readonly merges: Uint32Array;
	/**
	 * m: the id each merge makes. Two merges that spelled the same bytes would share one, but training on a
	 * corpus never makes such (see `createTrainer`).
	 */
	readonly products: Uint32Array;
	/** m: how often the pair stood in the corpus when it was chosen (overlapping pairs all count). */
	readonly counts: Float64Array;
	/** m: by how many tokens the merge made the corpus shorter (of overlapping pairs only some merge). */
	readonly removed: Float64Array;
	/** Tokens of the corpus before the first merge: its bytes within pre-tokens. */
	readonly tokensBefore: number;
	/** Why it ended: the size is reached, no pair (that is short enough) occurs often enough, or it was stopped. */
	readonly end: 'size' | 'frequency' | 'stopped';
}
