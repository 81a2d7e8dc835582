import type { Tokenizer, Vocabulary } from '../../engine';
import type { MergeChanges } from '../merges';

/** What two specs differ in, as far as it decides which inputs are worth trying. */
export interface ProbePlan {
	readonly a: Tokenizer;
	readonly b: Tokenizer;
	/** By id what each token stands for in text. */
	readonly textsA: Vocabulary;
	readonly textsB: Vocabulary;
	/** Ids in A, and in B, of tokens that the other side does not have at that id. */
	readonly changedA: Uint32Array;
	readonly changedB: Uint32Array;
	readonly merges: MergeChanges;
	/** Longest run that may be tried: a pattern that backtracks without end takes shorter ones only. */
	readonly longestRun: number;
	/** Fields that differ and may matter, as paths in tokenizer.json. */
	readonly fields: readonly string[];
	/** Whether fewer than half of the ids stand for the same tokens: then nearly every text comes out differently. */
	readonly areStrangers: boolean;
}
