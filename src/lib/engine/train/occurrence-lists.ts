import { grown, type PairTable } from './pair-table';

/** Capacity of the lists per place that exists. */
const GROWTH_FACTOR = 2.5;

/**
 * The places of pairs, list after list in the order of the pairs, bounded by `listStarts` and `listEnds` of
 * the pairs. Places that a pair has lost stay in its list until room is needed.
 */
export class PlaceLists {
	/** Replaced by a longer array in `reserve`. */
	places: Int32Array;
	#used = 0;
	readonly #pairs: PairTable;

	/** @param places initial number of places */
	constructor(pairs: PairTable, places: number) {
		this.#pairs = pairs;
		this.places = new Int32Array(Math.ceil(GROWTH_FACTOR * places));
	}

	/** Allocates empty lists for the kept pairs from `first` on; `listEnds` holds the number of places of each. */
	allocate(first: number, isKept: (pair: number) => boolean): void {
		const { listStarts, listEnds, size } = this.#pairs;
		for (let pair = first; pair < size; pair++) {
			const places = listEnds[pair];
			const kept = isKept(pair);
			listStarts[pair] = this.#used;
			listEnds[pair] = kept ? this.#used : -1;
			if (kept) this.#used += places;
		}
	}

	/** Appends a place to a pair's list, if it has one. */
	push(pair: number, place: number): void {
		const { listEnds } = this.#pairs;
		if (listEnds[pair] >= 0) this.places[listEnds[pair]++] = place;
	}

	/**
	 * Makes room for `more` places. If there is none, removes lost places from the lists of the pairs before
	 * `first`. More than half is free afterwards, so that this costs little per place added.
	 *
	 * @param occurs whether a pair still occurs at a place
	 */
	reserve(more: number, first: number, occurs: (place: number, pair: number) => boolean): void {
		if (this.#used + more <= this.places.length) return;
		const { listStarts, listEnds } = this.#pairs;
		const { places } = this;
		let to = 0;
		for (let pair = 1; pair < first; pair++) {
			const end = listEnds[pair];
			if (end < 0) continue;
			let at = listStarts[pair];
			listStarts[pair] = to;
			for (; at < end; at++) if (occurs(places[at], pair)) places[to++] = places[at];
			listEnds[pair] = to;
		}
		this.#used = to;
		const wanted = Math.ceil((to + more) * GROWTH_FACTOR);
		if (wanted > places.length) this.places = grown(places.subarray(0, to), new Int32Array(wanted));
	}
}
