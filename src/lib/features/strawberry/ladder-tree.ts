import type { LadderNode } from './ladder';
import type { TokenTree } from '../../ui/token/token-tree';

/** A tree of merges as it is drawn. @param bytes of the ladder */
export function ladderTree({ id, start, end, merge }: LadderNode, bytes: Uint8Array): TokenTree {
	return {
		token: { id, bytes: bytes.subarray(start, end) },
		merge: merge?.step ?? null,
		parts: merge && [ladderTree(merge.left, bytes), ladderTree(merge.right, bytes)]
	};
}
