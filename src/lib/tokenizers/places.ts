/**
 * Steps through the differing spans of a comparison: two byte offsets per span, its start and its end.
 * Spans are counted from 0; -1 means that there is none.
 */

/** Number of differing spans. */
export function placeCount(places: Uint32Array): number {
	return places.length >>> 1;
}

/** The first span that begins after `byte` (-1 for the very first), or -1. */
export function placeAfter(places: Uint32Array, byte: number): number {
	const place = placesBefore(places, byte + 1);
	return place < placeCount(places) ? place : -1;
}

/** The last span that begins before `byte`, or -1. */
export function placeBefore(places: Uint32Array, byte: number): number {
	return placesBefore(places, byte) - 1;
}

/** Number of spans that begin before `byte`. */
function placesBefore(places: Uint32Array, byte: number): number {
	let low = 0;
	let high = placeCount(places);
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (places[2 * middle] < byte) low = middle + 1;
		else high = middle;
	}
	return low;
}
