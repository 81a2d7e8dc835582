import type { SelfEncodeFindings, VocabularyFindings } from '../../../drift/types';
import type { Vocabulary } from '../../../engine';
import { holdsToken, needleOf } from '../../../ui/token/vocabulary-list';

/** Tokens of two vocabularies, one per row. */
export interface DriftTokenList {
	readonly id: string;
	readonly name: string;
	/** Ids by row, in A and in B; `null` if the tokens are not on that side. */
	readonly a: Uint32Array | null;
	readonly b: Uint32Array | null;
}

/** Tokens of both sides by id. */
export interface SideVocabularies {
	readonly a: Vocabulary;
	readonly b: Vocabulary;
}

/** Lists the tokens of two vocabularies, the most telling ones first. */
export const listVocabularies = (found: VocabularyFindings): readonly DriftTokenList[] => [
	{ id: 'moved', name: 'different id', a: found.movedA, b: found.movedB },
	{ id: 'removed', name: 'only in A', a: found.removedIds, b: null },
	{ id: 'added', name: 'only in B', a: null, b: found.addedIds },
	{ id: 'same', name: 'same id', a: found.sameIds, b: found.sameIds }
];

export const listUnreachable = ({ a, b, lost }: SelfEncodeFindings): readonly DriftTokenList[] => [
	{ id: 'lost', name: 'unreachable only in B', a: null, b: lost },
	{ id: 'b', name: 'unreachable in B', a: null, b: b.unreachable },
	{ id: 'a', name: 'unreachable in A', a: a.unreachable, b: null }
];

export const countRows = ({ a, b }: DriftTokenList): number => (a ?? b)?.length ?? 0;

/** Finds the rows whose token contains the searched text or whose id is the search; `null` for all rows. */
export function findRows(
	{ a, b }: DriftTokenList,
	vocabularies: SideVocabularies,
	search: string
): Uint32Array | null {
	if (search === '') return null;
	const needle = needleOf(search);
	const id = search.trim();
	const side = { vocabulary: b ? vocabularies.b : vocabularies.a };
	const ids = b ?? a ?? new Uint32Array();
	const found = new Uint32Array(ids.length);
	let count = 0;
	for (let row = 0; row < ids.length; row++) {
		const isNamed = String(ids[row]) === id || (a !== null && String(a[row]) === id);
		if (isNamed || holdsToken(side, ids[row], needle)) found[count++] = row;
	}
	return found.slice(0, count);
}
