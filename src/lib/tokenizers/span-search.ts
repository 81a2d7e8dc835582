/**
 * Steps through the differing spans of a comparison: two byte offsets per span, its start and its end.
 * Spans are counted from 0; -1 means that there is none.
 */

/** Number of differing spans. */
export function spanCount(differences: Uint32Array): number {
	return differences.length >>> 1;
}

/** The first span that begins after `byte` (-1 for the very first), or -1. */
export function spanAfter(differences: Uint32Array, byte: number): number {
	const span = spansBefore(differences, byte + 1);
	return span < spanCount(differences) ? span : -1;
}

/** The last span that begins before `byte`, or -1. */
export function spanBefore(differences: Uint32Array, byte: number): number {
	return spansBefore(differences, byte) - 1;
}

/** Number of spans that begin before `byte`. */
function spansBefore(differences: Uint32Array, byte: number): number {
	let low = 0;
	let high = spanCount(differences);
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (differences[2 * middle] < byte) low = middle + 1;
		else high = middle;
	}
	return low;
}
