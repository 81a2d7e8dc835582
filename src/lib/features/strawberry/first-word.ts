/**
 * The first word under every tokenizer of the catalogue, encoded when the lab was built, so that the
 * Strawberry page is finished before any script or vocabulary has arrived. Made by
 * tools/spelling/first-word.ts.
 */
import type { Ladder } from './ladder';
import type { StandingCut } from './rivals';
import type { Spellings } from './spelling';
import data from '../../generated/first-word.json';
import { reviveTyped } from '../../tokenizers/typed-json';

export interface FirstWord {
	readonly word: string;
	/** By tokenizer: all its variants, in their order. */
	readonly spellings: Readonly<Record<string, Spellings>>;
	/** By tokenizer, of the two that stand side by side: how the bare word came together. */
	readonly ladders: Readonly<
		Record<string, { readonly ladder: Ladder; readonly cuts: readonly StandingCut[] }>
	>;
}

export const FIRST_WORD_DATA = reviveTyped(data) as FirstWord;
