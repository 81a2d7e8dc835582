/**
 * What the gallery's cases gave when the lab was built, so that before and after stand there before any
 * vocabulary is fetched. Made by tools/drift/first-gallery.ts.
 */
import type { CaseOutcome } from '../../../drift/cases/types';
import data from '../../../generated/first-gallery.json';
import { reviveTyped } from '../../../tokenizers/typed-json';

export interface BuiltCase {
	/** Null for a case about a library: that is run in the browser only. */
	readonly outcome: Pick<CaseOutcome, 'a' | 'b'> | null;
	/** Fields of the tokenizer's file that differ, as JSON. */
	readonly changes: readonly { readonly field: string; readonly a: string; readonly b: string }[];
}

export const FIRST_GALLERY = reviveTyped(data) as Readonly<Record<string, BuiltCase>>;
