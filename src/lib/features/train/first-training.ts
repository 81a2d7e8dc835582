/**
 * A training done when the lab was built, so that the Train page shows finished merges before any
 * script has run. Made by tools/training/first-training.ts.
 */
import type { MergeSteps, PairsAfter, TrainedTokens, Training } from '../../engine';
import data from '../../generated/first-training.json';
import { reviveTyped } from '../../tokenizers/typed-json';

export interface FirstTraining {
	/** Id of the example corpus. */
	readonly corpus: string;
	readonly corpusText: string;
	/** The text that {@link steps} are of. */
	readonly text: string;
	/** Merges done in what is shown. */
	readonly step: number;
	readonly training: Training;
	readonly tokens: TrainedTokens;
	/** Different pre-tokens of the corpus. */
	readonly distinct: number;
	/** Tokens of the corpus after 0, 1, … merges. */
	readonly corpusTokens: Float64Array;
	readonly steps: MergeSteps;
	/** What the merge of {@link step} was chosen from. */
	readonly pairs: PairsAfter;
}

export const FIRST_TRAINING = reviveTyped(data) as FirstTraining;
