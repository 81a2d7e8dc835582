/** The word that everybody knows, and what is usually said about it. */
export const FIRST_WORD = 'strawberry';
export const FIRST_LETTER = 'r';

/** How the usual explanation cuts {@link FIRST_WORD}. */
export const USUAL_CLAIM: readonly string[] = ['straw', 'berry'];

/** The tokenizers that the page starts with; llama2 is the one that cuts the word in a sentence, too. */
export const FIRST_TOKENIZERS: readonly string[] = ['cl100k_base', 'o200k_base', 'gpt2', 'llama2'];

/** The two whose merges stand side by side at first: same word, other cuts. */
export const FIRST_LADDERS: readonly [string, string] = ['cl100k_base', 'gpt2'];
