import type { Vocabulary } from '../../engine';

/** A token as the page names it: its id and what it stands for. */
export interface NamedToken {
	readonly id: number;
	/** Its bytes; of a special token the UTF-8 of its name. */
	readonly bytes: Uint8Array;
}

/** The tokens of a training by id, as its pages show them. Special tokens have no bytes here. */
export interface TokenList {
	readonly vocabulary: Vocabulary;
	/** By id: the merge (counted from 0) that made it; -1 for bytes and special tokens. */
	readonly madeBy: Int32Array;
	/** Left id, right id of each merge. */
	readonly merges: Uint32Array;
}

export type TokenOrder = 'id' | 'usage' | 'length';

/** Which tokens are listed, and in which order. */
export interface TokenQuery {
	/** Tokens made by later merges are not there yet. */
	readonly step: number;
	/** Text or id; empty for all. `·` and `↵` stand for a space and a newline, as they are drawn. */
	readonly search: string;
	/** Only what merges made and the corpus no longer has. */
	readonly unused: boolean;
	/** `usage` and `length`: largest first, equal ones by id. */
	readonly order: TokenOrder;
}

type HasVocabulary = Pick<TokenList, 'vocabulary'>;

/** The bytes of a token, a view. */
export function bytesOf({ vocabulary: { bytes, ends } }: HasVocabulary, id: number): Uint8Array {
	return bytes.subarray(id === 0 ? 0 : ends[id - 1], ends[id]);
}

/**
 * The ids that a query finds. One pass over the vocabulary's bytes, and a sort.
 * @param usage by id, how often a token stands in the corpus; null while that is not known
 */
export function findTokens(
	list: TokenList,
	usage: Float64Array | null,
	{ step, search, unused, order }: TokenQuery
): number[] {
	const needle = needleOf(search);
	const found: number[] = [];
	for (let id = 0; id < list.madeBy.length; id++) {
		if (list.madeBy[id] >= step) continue;
		if (unused && (list.madeBy[id] < 0 || usage === null || usage[id] > 0)) continue;
		if (needle.length > 0 && String(id) !== search.trim() && !holdsToken(list, id, needle))
			continue;
		found.push(id);
	}
	if (order === 'usage' && usage) found.sort((a, b) => usage[b] - usage[a] || a - b);
	if (order === 'length') {
		const length = (id: number) => bytesOf(list, id).length;
		found.sort((a, b) => length(b) - length(a) || a - b);
	}
	return found;
}

/** What is looked for, in UTF-8: `·` and `↵` stand for a space and a newline, as they are drawn. */
export const needleOf = (search: string): Uint8Array =>
	new TextEncoder().encode(search.replaceAll('·', ' ').replaceAll('↵', '\n'));

/** Whether a token has these bytes in it. */
export function holdsToken(
	{ vocabulary: { bytes, ends } }: HasVocabulary,
	id: number,
	needle: Uint8Array
): boolean {
	const last = ends[id] - needle.length;
	for (let at = id === 0 ? 0 : ends[id - 1]; at <= last; at++) {
		let same = 0;
		while (same < needle.length && bytes[at + same] === needle[same]) same++;
		if (same === needle.length) return true;
	}
	return false;
}
