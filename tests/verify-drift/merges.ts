import type { Merge } from './types';

/** The two tokens that a merge joins, in either format. */
export const mergeParts = (merge: Merge): readonly [string, string] => {
	if (typeof merge !== 'string') return merge;
	const space = merge.indexOf(' ');
	return [merge.slice(0, space), merge.slice(space + 1)];
};

/** A merge in the same format as the file's other merges. */
export const mergeLike = (like: Merge, left: string, right: string): Merge =>
	typeof like === 'string' ? `${left} ${right}` : [left, right];
