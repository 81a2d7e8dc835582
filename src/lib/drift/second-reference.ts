import type { TokenizerSpec } from '../engine';
import type { FileFields } from '../tokenizers/files/file-fields';
import { PARSED } from './compare-output';
import { quote } from './format';
import type { ConfigDifference } from './types';

interface Side {
	readonly spec: TokenizerSpec;
	/** Absent: the ids are those of the spec. */
	readonly addedIds?: FileFields['addedIds'];
}

/**
 * Compares the ids that two files list for an added token. Hugging Face’s library ignores them: it takes the
 * vocabulary's id, or the next free one. transformers.js uses them, also for the token as a text of its own. `null` if the
 * ids of shared tokens are the same.
 */
export function compareAddedIds(a: Side, b: Side): ConfigDifference | null {
	const idsInB = idsOf(b);
	// A token that only one side has is a difference of the specs.
	const changed = [...idsOf(a)].find(([content, id]) => (idsInB.get(content) ?? id) !== id);
	if (!changed) return null;
	const [content, idA] = changed;
	const idB = idsInB.get(content) ?? idA;
	return {
		field: 'added_tokens[].id',
		a: JSON.stringify(idA),
		b: JSON.stringify(idB),
		severity: 'silent',
		sentence: `The id of ${quote(content)}. Hugging Face’s library ignores it, transformers.js uses it.`,
		example: null,
		witness: {
			reference: 'transformers.js',
			does: 'encode',
			inputs: [content],
			...PARSED,
			a: { ids: [idA], text: content },
			b: { ids: [idB], text: content }
		},
		proven: false
	};
}

const idsOf = ({ spec, addedIds }: Side): ReadonlyMap<string, number> =>
	new Map(addedIds ?? spec.added_tokens.map(({ content, id }) => [content, id]));
