import { grow } from '../structures/arrays';
import type { PairTable } from './pair-table';

/** Capacity of the lists relative to the number of occurrences. */
const GROWTH_FACTOR = 2.5;

/**
 * The boundaries where pairs occur: one list per pair, in the order of the pairs, at `listStarts` to `listEnds`.
 * Boundaries where a pair no longer occurs stay in its list until room is needed.
 */
export class OccurrenceLists {
	/** `reserve` may replace it by a longer array. */
	occurrences: Int32Array;
	#used = 0;
	readonly #pairs: PairTable;

	/** @param count initial number of occurrences */
	constructor(pairs: PairTable, count: number) {
		this.#pairs = pairs;
		this.occurrences = new Int32Array(Math.ceil(GROWTH_FACTOR * count));
	}

	/** Allocates empty lists for the listed pairs from `first` on. `listEnds` must hold the length of each. */
	allocate(first: number, isListed: (pair: number) => boolean): void {
		const { listStarts, listEnds, size } = this.#pairs;
		for (let pair = first; pair < size; pair++) {
			const length = listEnds[pair];
			const listed = isListed(pair);
			listStarts[pair] = this.#used;
			listEnds[pair] = listed ? this.#used : -1;
			if (listed) this.#used += length;
		}
	}

	/** Appends a boundary to the list of a pair, if it has one. */
	push(pair: number, boundary: number): void {
		const { listEnds } = this.#pairs;
		if (listEnds[pair] >= 0) this.occurrences[listEnds[pair]++] = boundary;
	}

	/**
	 * Makes room for `more` occurrences. If there is none, removes outdated boundaries from the lists of the pairs
	 * before `first`. More than half of the array is free afterwards, so the cost per added occurrence is constant.
	 *
	 * @param occurs whether a pair still occurs at a boundary
	 */
	reserve(more: number, first: number, occurs: (boundary: number, pair: number) => boolean): void {
		if (this.#used + more <= this.occurrences.length) return;
		const { listStarts, listEnds } = this.#pairs;
		const { occurrences } = this;
		let to = 0;
		for (let pair = 1; pair < first; pair++) {
			const end = listEnds[pair];
			if (end < 0) continue;
			let at = listStarts[pair];
			listStarts[pair] = to;
			for (; at < end; at++) {
				if (occurs(occurrences[at], pair)) occurrences[to++] = occurrences[at];
			}
			listEnds[pair] = to;
		}
		this.#used = to;
		const length = Math.ceil((to + more) * GROWTH_FACTOR);
		if (length > occurrences.length) this.occurrences = grow(occurrences.subarray(0, to), length);
	}
}
