import { grown, type PairTable } from './pair-table';

/** Room for lists, in relation to the places that exist. */
const GROWTH = 2.5;

/**
 * The places of pairs, list after list in the order of the pairs; `listStarts` and `listEnds` of the pairs
 * say where. Places that a pair has lost stay in its list until room is needed.
 */
export class PlaceLists {
	/** Replaced by a longer array in `reserve`. */
	places: Int32Array;
	#used = 0;
	readonly #pairs: PairTable;

	/** @param places how many there are to begin with */
	constructor(pairs: PairTable, places: number) {
		this.#pairs = pairs;
		this.places = new Int32Array(Math.ceil(GROWTH * places));
	}

	/** Sets out empty lists for the pairs from `first` on that are kept; `listEnds` say how many places each has. */
	setOut(first: number, isKept: (pair: number) => boolean): void {
		const { listStarts, listEnds, size } = this.#pairs;
		for (let pair = first; pair < size; pair++) {
			const places = listEnds[pair];
			const kept = isKept(pair);
			listStarts[pair] = this.#used;
			listEnds[pair] = kept ? this.#used : -1;
			if (kept) this.#used += places;
		}
	}

	/** Adds a place at the end of a pair's list, if it has one. */
	push(pair: number, place: number): void {
		const { listEnds } = this.#pairs;
		if (listEnds[pair] >= 0) this.places[listEnds[pair]++] = place;
	}

	/**
	 * Makes room for `more` places. Where there is none, lost places are left out of the lists of the pairs
	 * before `first`. More than is used is free afterwards, so that this costs little for each place added.
	 *
	 * @param stands whether a pair still stands at a place
	 */
	reserve(more: number, first: number, stands: (place: number, pair: number) => boolean): void {
		if (this.#used + more <= this.places.length) return;
		const { listStarts, listEnds } = this.#pairs;
		const { places } = this;
		let to = 0;
		for (let pair = 1; pair < first; pair++) {
			const end = listEnds[pair];
			if (end < 0) continue;
			let at = listStarts[pair];
			listStarts[pair] = to;
			for (; at < end; at++) if (stands(places[at], pair)) places[to++] = places[at];
			listEnds[pair] = to;
		}
		this.#used = to;
		const wanted = Math.ceil((to + more) * GROWTH);
		if (wanted > places.length) this.places = grown(places.subarray(0, to), new Int32Array(wanted));
	}
}
