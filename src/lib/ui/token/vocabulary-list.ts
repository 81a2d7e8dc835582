import { bytesOf, type TokenList } from '../../session/calls/token-details';

export type TokenOrder = 'id' | 'usage' | 'length';

interface TokenQuery {
	/** Number of merges done; tokens of later merges are not listed. */
	readonly step: number;
	/** Text or id; empty for all. See {@link needleOf}. */
	readonly search: string;
	/** Only tokens made by merges that no longer occur in the corpus. */
	readonly unused: boolean;
	/** `usage` and `length` list the largest first, equal ones by id. */
	readonly order: TokenOrder;
}

type HasVocabulary = Pick<TokenList, 'vocabulary'>;

/**
 * Finds the ids that match a query.
 * @param usage by id, how often a token occurs in the corpus; `null` while that is not known
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

/** Encodes a search text as UTF-8; `·` and `↵` mean a space and a newline, as they are drawn. */
export const needleOf = (search: string): Uint8Array =>
	new TextEncoder().encode(search.replaceAll('·', ' ').replaceAll('↵', '\n'));

/** Whether a token contains the bytes of `needle`. */
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
