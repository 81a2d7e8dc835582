import { holdsToken, needleOf } from '../../../ui/token/vocabulary-list';
import type { Vocabulary } from '../../../engine';

/** A list of tokens of two vocabularies, one a row. */
export interface TokenPairs {
	readonly id: string;
	/** "moved", "only in A". */
	readonly name: string;
	/** Ids in A and in B, row by row; null where the tokens are not on that side. */
	readonly a: Uint32Array | null;
	readonly b: Uint32Array | null;
}

/** What the ids of both sides stand for. */
export interface TokenTexts {
	readonly a: Vocabulary;
	readonly b: Vocabulary;
}

/** How many tokens a list has. */
export const countOf = ({ a, b }: TokenPairs): number => (a ?? b)?.length ?? 0;

/** The rows of a list whose token has the searched text in it, or whose ids are it; null for all. */
export function findRows(list: TokenPairs, texts: TokenTexts, search: string): Uint32Array | null {
	if (search === '') return null;
	const needle = needleOf(search);
	const id = search.trim();
	const { a, b } = list;
	const side = b ? { vocabulary: texts.b } : { vocabulary: texts.a };
	const ids = b ?? a ?? new Uint32Array();
	const found = new Uint32Array(ids.length);
	let count = 0;
	for (let row = 0; row < ids.length; row++) {
		const isNamed = String(ids[row]) === id || (a !== null && String(a[row]) === id);
		if (isNamed || holdsToken(side, ids[row], needle)) found[count++] = row;
	}
	return found.slice(0, count);
}
