/** Describes individual tokens in a vocabulary: their bytes, and the merges that build them. */
import type { MergeNode, Tokenizer, Vocabulary } from '../../engine';

export interface NamedToken {
	readonly id: number;
	/** Bytes of the token; for a special token, the UTF-8 of its name. */
	readonly bytes: Uint8Array;
}

/** A token and the two tokens that were merged into it. */
export interface TokenTree {
	readonly token: NamedToken;
	/**
	 * Merge that produced the token: its rank or, for a trained tokenizer, its number, starting at 1. `null` for an
	 * initial symbol.
	 */
	readonly merge: number | null;
	/** `null` for an initial symbol, or where a large tree is truncated. */
	readonly parts: readonly [TokenTree, TokenTree] | null;
}

export interface TokenDetails {
	/** Bytes that the token represents in text. */
	readonly bytes: Uint8Array;
	/** `null` if no merges produce the token. */
	readonly tree: TokenTree | null;
	/** Number of merges that produce the token, including those missing from a truncated {@link tree}. */
	readonly merges: number;
	/** Whether {@link TokenTree.merge} is a rank or a merge number. */
	readonly counts: 'rank' | 'merge';
}

/** Describes a token in a vocabulary, independently of any text. */
export interface DescribeToken {
	(id: number, signal: AbortSignal): TokenDetails | Promise<TokenDetails>;
	/** Id of the tokenizer, if its vocabulary has a page. */
	readonly vocabulary?: string;
}

/** Tokens of a trained tokenizer, by id. Special tokens have no bytes in this list. */
export interface TokenList {
	readonly vocabulary: Vocabulary;
	/** For each id, the number of the merge that produced it, counting from 0; -1 for bytes and special tokens. */
	readonly producingMerge: Int32Array;
	/** Ids of the left and right tokens of each merge. */
	readonly merges: Uint32Array;
}

/** Maximum number of tokens in a tree. Without this limit, a token of a million letters would have a million leaves. */
const MAX_TREE_TOKENS = 127;

/**
 * Builds a tree from any representation of its nodes. Large trees are truncated to their upper levels.
 * @param partsOf returns the two parts of a node; `null` for an initial symbol
 * @param describe returns a node's token and the merge that produced it
 */
function buildTree<Node>(
	root: Node,
	partsOf: (node: Node) => readonly [Node, Node] | null,
	describe: (node: Node) => Omit<TokenTree, 'parts'>,
	maxTokens = MAX_TREE_TOKENS
): TokenTree {
	// Breadth-first, so that truncation drops the deepest levels.
	const order = [root];
	const firstPart = new Map<number, number>();
	for (let at = 0; at < order.length && order.length + 2 <= maxTokens; at++) {
		const parts = partsOf(order[at]);
		if (!parts) continue;
		firstPart.set(at, order.length);
		order.push(...parts);
	}
	const build = (at: number): TokenTree => {
		const first = firstPart.get(at);
		return {
			...describe(order[at]),
			parts: first === undefined ? null : [build(first), build(first + 1)]
		};
	};
	return build(0);
}

/** Counts all merges in a tree, including those in truncated levels. */
function countMerges<Node>(
	root: Node,
	partsOf: (node: Node) => readonly [Node, Node] | null
): number {
	const pending = [root];
	let merges = 0;
	for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
		const parts = partsOf(node);
		if (!parts) continue;
		merges++;
		pending.push(...parts);
	}
	return merges;
}

/** @throws RangeError for an id without a token */
export function describeToken(tokenizer: Tokenizer, id: number): TokenDetails {
	const bytes = tokenizer.tokenBytes(id);
	const trees = tokenizer.mergeTrees(id);
	const [root] = trees;
	const isMerged = trees.length === 1 && root.id === id && root.merge !== null;
	return {
		bytes,
		tree: isMerged ? treeOf(tokenizer, root) : null,
		merges: isMerged ? countMerges(root, partsOfNode) : 0,
		counts: 'rank'
	};
}

const partsOfNode = ({ merge }: MergeNode) => merge && ([merge.left, merge.right] as const);

const treeOf = (tokenizer: Tokenizer, root: MergeNode): TokenTree =>
	buildTree(root, partsOfNode, ({ id, merge }) => ({
		token: { id, bytes: tokenizer.tokenBytes(id) },
		merge: merge && merge.rank
	}));

function trainedParts(
	{ producingMerge, merges }: TokenList,
	id: number
): readonly [number, number] | null {
	const merge = producingMerge[id];
	return merge < 0 ? null : [merges[2 * merge], merges[2 * merge + 1]];
}

/**
 * Builds the merge tree of a trained token, with merges numbered from 1. Large trees are truncated to their upper
 * levels.
 */
export const tokenTree = (list: TokenList, id: number, maxTokens?: number): TokenTree =>
	buildTree(
		id,
		(at) => trainedParts(list, at),
		(at) => ({
			token: { id: at, bytes: bytesOf(list, at) },
			merge: list.producingMerge[at] < 0 ? null : list.producingMerge[at] + 1
		}),
		maxTokens
	);

export const describeTrained = (list: TokenList, id: number): TokenDetails => ({
	bytes: bytesOf(list, id),
	tree: list.producingMerge[id] < 0 ? null : tokenTree(list, id),
	merges: countMerges(id, (at) => trainedParts(list, at)),
	counts: 'merge'
});

export function bytesOf(
	{ vocabulary: { bytes, ends } }: Pick<TokenList, 'vocabulary'>,
	id: number
): Uint8Array {
	return bytes.subarray(id === 0 ? 0 : ends[id - 1], ends[id]);
}
