/** Word that the Strawberry page starts with. */
export const FIRST_WORD = 'strawberry';
export const FIRST_LETTER = 'r';

/** The split of {@link FIRST_WORD} in the usual explanation. */
export const USUAL_CLAIM: readonly string[] = ['straw', 'berry'];

/** Includes llama2, which splits the word in a sentence, too. */
export const FIRST_TOKENIZERS: readonly string[] = ['cl100k_base', 'o200k_base', 'gpt2', 'llama2'];

/** The two tokenizers whose merges are shown, with different splits of {@link FIRST_WORD}. */
export const FIRST_MERGE_TOKENIZERS: readonly [string, string] = ['cl100k_base', 'gpt2'];
