import type { Vocabulary } from '../../engine';
import type { TrainingRules } from '../../engine/train';

/** A token as the page names it: its id and what it stands for. */
export interface NamedToken {
	readonly id: number;
	/** Its bytes; of a special token the UTF-8 of its name. */
	readonly bytes: Uint8Array;
}

/** A pair of neighbours, and how often it stands in the corpus. */
export interface PairCount {
	readonly left: NamedToken;
	readonly right: NamedToken;
	readonly count: number;
}

/** One merge of a training. */
export interface MergeStep extends PairCount {
	readonly product: NamedToken;
	/** By how many tokens the corpus became shorter. */
	readonly removed: number;
	/** The product was a token already: another pair spells the same. */
	readonly reused: boolean;
}

/** What the merge was chosen from. */
export interface Candidates {
	/** The pairs next in line, the most frequent first, without the one that was merged. */
	readonly runnersUp: readonly PairCount[];
	/** How many pairs share the highest count, the one that was merged among them. */
	readonly tied: number;
}

/** The rules of training that stand in the panel; the size has a field of its own. */
export type PanelRules = Omit<TrainingRules, 'vocabularySize'>;

/** The tokens of a training by id, as its pages show them. Special tokens have no bytes here. */
export interface TokenList {
	readonly vocabulary: Vocabulary;
	/** By id: the merge (counted from 0) that made it; -1 for bytes and special tokens. */
	readonly madeBy: Int32Array;
	/** Left id, right id of each merge. */
	readonly merges: Uint32Array;
}
