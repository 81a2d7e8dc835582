import type { BpeModelSpec, Vocabulary } from '../../engine';
import { mergesFromRanks } from '../../engine/stages';

/** Working them out takes up to a second, and an edited tokenizer shares the vocabulary of its original. */
const implied = new WeakMap<Vocabulary, Uint32Array>();

/** The merges of a model, listed or implied by its ranks: pairs of ids in order. Not to be written to. */
export function mergesOf({ merges, vocabulary }: BpeModelSpec): Uint32Array {
	if (merges) return merges;
	const known = implied.get(vocabulary) ?? mergesFromRanks(vocabulary);
	implied.set(vocabulary, known);
	return known;
}

/**
 * The same model with its merges listed, so that they can be changed and ids need no longer be ranks.
 * Ranks take a piece that is a token as it stands. Merging gives that token too where it has a merge;
 * where one has none, only `ignore_merges` keeps it within reach.
 */
export function withListedMerges(model: BpeModelSpec): BpeModelSpec {
	if (model.merges) return model;
	const merges = mergesOf(model);
	const { ends } = model.vocabulary;
	let long = 0;
	for (let id = 0, start = 0; id < ends.length; start = ends[id++]) {
		if (ends[id] - start > 1) long++;
	}
	return { ...model, merges, ignore_merges: model.ignore_merges || merges.length / 2 < long };
}
