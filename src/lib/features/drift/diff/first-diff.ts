/**
 * A diff made when the lab was built, so that its page shows a finished verdict before any script has
 * run. Made by tools/drift/first-diff.ts.
 */
import type { SideBySide } from '../../../drift/text/side-by-side';
import type { SpecEdit } from '../../../drift/edits/spec-edit';
import type { DriftReport, TextFindings } from '../../../drift/types';
import data from '../../../generated/first-diff.json';
import { reviveTyped } from '../../../tokenizers/typed-json';

interface FirstSide {
	readonly tokenizer: string;
	readonly edits: readonly SpecEdit[];
}

export interface FirstDiff {
	readonly sides: { readonly a: FirstSide; readonly b: FirstSide };
	readonly text: string;
	/** Lists of ids are empty: they are many, and nobody sees them before they are asked for. */
	readonly report: DriftReport;
	readonly findings: TextFindings;
	/** The text under both. */
	readonly drawn: SideBySide;
}

export const FIRST_DIFF = reviveTyped(data) as FirstDiff;
