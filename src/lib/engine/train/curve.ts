import type { Training } from './types';

/** How many tokens the corpus has after 0, 1, … m merges: m + 1 entries. */
export function corpusTokensAfter({ tokensBefore, removed }: Training): Float64Array {
	const left = new Float64Array(removed.length + 1);
	left[0] = tokensBefore;
	for (let k = 0; k < removed.length; k++) left[k + 1] = left[k] - removed[k];
	return left;
}
