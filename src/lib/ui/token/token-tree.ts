import { bytesOf, type NamedToken, type TokenList } from './vocabulary-list';

/** A token and the two that were merged into it. */
export interface TokenTree {
	readonly token: NamedToken;
	/** Merge that made it, counted from 1; `null` for a byte. */
	readonly merge: number | null;
	/** `null` for a byte, and at the depth where a large tree is truncated. */
	readonly parts: readonly [TokenTree, TokenTree] | null;
}

/** Number of tokens drawn in a tree; a token of a million letters would have as many leaves. */
const MAX_TREE_TOKENS = 127;

/** Builds the merge tree of token `id`; of a large one, the upper levels. */
export function tokenTree(list: TokenList, id: number, maxTokens = MAX_TREE_TOKENS): TokenTree {
	// Level by level, so that the deepest levels are left out.
	const order = [id];
	const firstPart = new Map<number, number>();
	for (let at = 0; at < order.length && order.length + 2 <= maxTokens; at++) {
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
