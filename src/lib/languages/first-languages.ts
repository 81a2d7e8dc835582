/** What the atlas begins with, before all languages are asked for. */

/** Declarations of several scripts and families; three of them put many suffixes on a word. */
// prettier-ignore
export const FIRST_LANGUAGES: readonly string[] = [
	'eng', 'spa', 'deu_1996', 'tur', 'fin', 'hun', 'rus', 'arb', 'hin', 'mya', 'cmn_hans', 'jpn'
];

/** Two generations of one maker: what a new vocabulary changed. */
export const FIRST_TOKENIZERS: readonly string[] = ['cl100k_base', 'o200k_base'];

/** The language that ratios are against until another is chosen. */
export const BASELINE = 'eng';
