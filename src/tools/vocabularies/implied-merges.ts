import type { TokenizerSpec } from '../../lib/engine';
import { mergesFromRanks } from '../../lib/engine/stages';

/**
 * Leaves the merges out where the order of the tokens implies them (GPT-2-style vocabularies): the
 * priority of a merge is then the id of its product, and nothing is lost.
 */
export function withImpliedMerges(spec: TokenizerSpec): TokenizerSpec {
	const { merges, vocabulary } = spec.model;
	if (!merges) return spec;
	const implied = mergesFromRanks(vocabulary);
	const same = merges.length === implied.length && merges.every((id, i) => id === implied[i]);
	return same ? { ...spec, model: { ...spec.model, merges: null } } : spec;
}
