import type { Merge } from './types';

/** The two tokens that a merge joins, in either format. */
export const mergeParts = (merge: Merge): readonly [string, string] => {
	if (typeof merge !== 'string') return merge;
	const space = merge.indexOf(' ');
	return [merge.slice(0, space), merge.slice(space + 1)];
};

/** The merge in the format of another one of the same file. */
export const mergeLike = (like: Merge, left: string, right: string): Merge =>
	typeof like === 'string' ? `${left} ${right}` : [left, right];
