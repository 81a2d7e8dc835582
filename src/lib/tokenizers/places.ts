/**
 * Walking the places of a comparison (`places`: two per place, first byte and byte after the
 * last). Places are counted from 0; -1 means that there is none.
 */

/** Number of places. */
export function placeCount(places: Uint32Array): number {
	return places.length >>> 1;
}

/** The place that holds `byte`, or -1. */
export function placeAt(places: Uint32Array, byte: number): number {
	const place = placesBefore(places, byte + 1) - 1;
	return place >= 0 && byte < places[2 * place + 1] ? place : -1;
}

/** The first place that begins after `byte` (-1 gives the very first), or -1. */
export function placeAfter(places: Uint32Array, byte: number): number {
	const place = placesBefore(places, byte + 1);
	return place < placeCount(places) ? place : -1;
}

/** The last place that begins before `byte`, or -1. */
export function placeBefore(places: Uint32Array, byte: number): number {
	return placesBefore(places, byte) - 1;
}

/** How many places begin before `byte`. */
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
