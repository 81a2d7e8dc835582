import type { SelfEncodeFindings, VocabularyFindings } from '../../../drift/types';
import type { UnreachableList, VocabularyList } from '../../../session/documents/diff';
import { holdsToken, needleOf } from '../../../ui/token/vocabulary-list';
import { bytesOf } from '../../../session/calls/token-details';
import type { DriftResult } from '../worker';

/** Tokens from two vocabularies, one per row. */
export interface DriftTokenList<Id extends string = string> {
	readonly id: Id;
	readonly name: string;
	/** Each row's ids in A and in B; `null` for a side without these tokens. */
	readonly a: Uint32Array | null;
	readonly b: Uint32Array | null;
}

/** The bytes of both sides' tokens, by id. */
export type TokenTables = Pick<DriftResult, 'tokensA' | 'tokensB'>;

export const listVocabularies = (
	found: VocabularyFindings
): readonly DriftTokenList<VocabularyList>[] => [
	{ id: 'moved', name: 'different id', a: found.movedA, b: found.movedB },
	{ id: 'removed', name: 'only in A', a: found.removedIds, b: null },
	{ id: 'added', name: 'only in B', a: null, b: found.addedIds },
	{ id: 'same', name: 'same id', a: found.sameIds, b: found.sameIds }
];

export const listUnreachable = ({
	a,
	b,
	lost
}: SelfEncodeFindings): readonly DriftTokenList<UnreachableList>[] => [
	{ id: 'lost', name: 'unreachable only in B', a: null, b: lost },
	{ id: 'b', name: 'unreachable in B', a: null, b: b.unreachable },
	{ id: 'a', name: 'unreachable in A', a: a.unreachable, b: null }
];

/** The ids to list and the vocabulary they refer to, which is B's if both sides have the tokens. */
const shownSide = ({ a, b }: DriftTokenList, { tokensA, tokensB }: TokenTables) =>
	b ? { ids: b, vocabulary: tokensB } : { ids: a ?? new Uint32Array(), vocabulary: tokensA };

export const countRows = ({ a, b }: DriftTokenList): number => (b ?? a)?.length ?? 0;

export function tokenAt(list: DriftTokenList, tables: TokenTables, row: number) {
	const side = shownSide(list, tables);
	const id = side.ids[row];
	return { id, bytes: bytesOf(side, id) };
}

/** Finds the rows whose token contains the search text or whose id equals it; `null` if the search is empty. */
export function findRows(
	list: DriftTokenList,
	tables: TokenTables,
	search: string
): number[] | null {
	if (search === '') return null;
	const needle = needleOf(search);
	const id = search.trim();
	const side = shownSide(list, tables);
	const found: number[] = [];
	side.ids.forEach((shownId, row) => {
		const isNamed = String(shownId) === id || (list.a !== null && String(list.a[row]) === id);
		if (isNamed || holdsToken(side, shownId, needle)) found.push(row);
	});
	return found;
}
