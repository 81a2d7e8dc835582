/** Languages and tokenizers that the Inflation page shows by default. */

/** Codes of declarations in several scripts and families; three of the languages are agglutinative. */
// prettier-ignore
export const FIRST_LANGUAGES: readonly string[] = [
	'eng', 'spa', 'deu_1996', 'tur', 'fin', 'hun', 'rus', 'arb', 'hin', 'mya', 'cmn_hans', 'jpn'
];

/** Two generations by one maker, which show what a new vocabulary changed. */
export const FIRST_TOKENIZERS: readonly string[] = ['cl100k_base', 'o200k_base'];

/** Default baseline of premiums. */
export const BASELINE = 'eng';
