import type { SelfEncodeFindings, VocabularyFindings } from '../../../drift/types';

/** What can be listed of two vocabularies, the most telling first. */
export const tokenPairs = (found: VocabularyFindings) => [
	{ id: 'moved', name: 'other id', a: found.movedA, b: found.movedB },
	{ id: 'removed', name: 'only in A', a: found.removedIds, b: null },
	{ id: 'added', name: 'only in B', a: null, b: found.addedIds },
	{ id: 'same', name: 'same id', a: found.sameIds, b: found.sameIds }
];

/** Tokens that their own text does not lead to. */
export const unreachableLists = ({ a, b, lost }: SelfEncodeFindings) => [
	{ id: 'lost', name: 'lost in B', a: null, b: lost },
	{ id: 'b', name: 'out of B’s reach', a: null, b: b.unreachable },
	{ id: 'a', name: 'out of A’s reach', a: a.unreachable, b: null }
];
