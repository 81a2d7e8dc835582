/**
 * Tokens that the Inflation page draws before any script, text or vocabulary has arrived. Made by
 * tools/languages/first-drawings.ts.
 */
import type { Encoding } from '../../engine';
import data from '../../generated/first-drawings.json';
import { reviveTyped } from '../../tokenizers/typed-json';

interface EncodedText {
	readonly text: string;
	readonly encoding: Encoding;
}

export interface FirstDrawings {
	readonly tokenizer: string;
	/** Code of the language beside the baseline. */
	readonly chosen: string;
	/** Article 1 in the baseline and in the chosen language. */
	readonly article: readonly EncodedText[];
	/** A word of many suffixes with the space before it, and what it says in English. */
	readonly word: readonly EncodedText[];
	/** Rank correlation of the tokens with the published ones of FLORES-200, over so many languages. */
	readonly flores: { readonly languages: number; readonly correlation: number };
}

export const FIRST_DRAWINGS = reviveTyped(data) as FirstDrawings;
