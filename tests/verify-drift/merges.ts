import type { Merge } from './types';

/** The two tokens that a merge joins, whichever way the file writes it. */
export const mergeParts = (merge: Merge): readonly [string, string] => {
	if (typeof merge !== 'string') return merge;
	const space = merge.indexOf(' ');
	return [merge.slice(0, space), merge.slice(space + 1)];
};

/** The merge written as another one of the same file is. */
export const mergeLike = (like: Merge, left: string, right: string): Merge =>
	typeof like === 'string' ? `${left} ${right}` : [left, right];
