import type { VariantKind } from './variants';

/** How each way to write a word is called. */
export const VARIANT_NAMES: Readonly<Record<VariantKind, string>> = {
	alone: 'alone',
	sentence: 'in a sentence',
	space: 'a space before it',
	capitalised: 'Capitalised',
	upper: 'UPPER CASE',
	quoted: 'in quotes',
	newline: 'after a new line',
	plural: 'plural',
	misspelt: 'misspelt',
	hyphenated: 'hyphens between letters',
	spaced: 'spaces between letters'
};

/** What needs to be said of some. */
export const VARIANT_NOTES: Readonly<Partial<Record<VariantKind, string>>> = {
	sentence: 'behind “The”, with the space before it',
	space: 'as a text of its own; some tokenizers put a ▁ before any text, and then there are two',
	misspelt: 'two neighbouring letters swapped'
};
