import { bytesOf, type NamedToken, type TokenList } from './vocabulary-list';

/** A token and the two that it was merged from. */
export interface TokenTree {
	readonly token: NamedToken;
	/** The merge that made it, counted from 1; null for a byte. */
	readonly merge: number | null;
	/** Null for a byte, and where the tree is cut off because it is too large to draw. */
	readonly parts: readonly [TokenTree, TokenTree] | null;
}

/** Tokens of a tree, at most; a token of a million letters would be as many leaves. */
const MOST = 127;

/** How token `id` came about, as merges that made it first; the upper levels where all are too many. */
export function tokenTree(list: TokenList, id: number, most = MOST): TokenTree {
	// Level by level, so that what is left out lies deepest.
	const order = [id];
	const firstPart = new Map<number, number>();
	for (let at = 0; at < order.length && order.length + 2 <= most; at++) {
		const merge = list.madeBy[order[at]];
		if (merge < 0) continue;
		firstPart.set(at, order.length);
		order.push(list.merges[2 * merge], list.merges[2 * merge + 1]);
	}
	const build = (at: number): TokenTree => {
		const token = { id: order[at], bytes: bytesOf(list, order[at]) };
		const merge = list.madeBy[token.id];
		const first = firstPart.get(at);
		return {
			token,
			merge: merge < 0 ? null : merge + 1,
			parts: first === undefined ? null : [build(first), build(first + 1)]
		};
	};
	return build(0);
}
