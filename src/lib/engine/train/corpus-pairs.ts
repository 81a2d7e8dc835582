import { grown, PairTable } from './pair-table';
import type { PretokenCounts } from './types';

/** Which pairs can be merged at all; of others no places are kept. */
export interface PairLimits {
	/** Least count: counts never rise. At least 1. */
	readonly leastCount: number;
	/** Longest token in bytes. */
	readonly longestToken: number;
}

/** Numbers a boundary has: its pair (0: none), and the frequency of its pre-token. */
const STRIDE = 2;
/** Larger frequencies are kept elsewhere, and the boundary holds `~index`. */
const LARGEST_INLINE = 0x7fffffff;
/** So that a boundary's index is a 31-bit integer. */
const MOST_SYMBOLS = 2 ** 31 / STRIDE - 2;
/** Room for lists, in relation to the places that exist. */
const LISTS_GROWTH = 2.5;

/**
 * The corpus as pairs of neighbouring tokens, and the one thing that is done to it: a pair becomes a token
 * wherever it stands.
 *
 * A pair stands at a boundary: the byte (of the distinct pre-tokens, back to back) where its right token
 * begins. The boundaries next to it are a token's length away, so nothing else needs to be known of it
 * than its pair. All places of a pair come into being at once, in the merge that makes its younger token,
 * and can only get lost afterwards. So each pair has one list of places, in rising order, from which
 * nothing is removed: a place whose boundary has another pair by now is passed over when the list is read.
 * A merge costs the length of its list and makes at most two new places for each token that vanishes,
 * which bounds all work and memory by the number of symbols.
 */
export class CorpusPairs {
	readonly pairs: PairTable;
	readonly #corpus: PretokenCounts;
	readonly #limits: PairLimits;
	readonly #boundaries: Int32Array;
	readonly #largeFrequencies: number[] = [];
	/** Places of pairs, list after list in the order of the pairs. */
	#lists: Int32Array;
	#listed = 0;
	/** Tokens by which the last merge made the corpus shorter. */
	#removed = 0;

	/** By token: its length. */
	#lengths = new Int32Array(1 << 12);
	/** By token: the last product that was next to it, and which pair they are; on its left and on its right. */
	#leftStamps = new Int32Array(1 << 12);
	#leftPairs = new Int32Array(1 << 12);
	#rightStamps = new Int32Array(1 << 12);
	#rightPairs = new Int32Array(1 << 12);

	/** Boundaries that the present merge removes. */
	#merged = new Int32Array(1 << 10);
	/** Places that it makes, and the pair of each. */
	#newPlaces = new Int32Array(1 << 11);
	#newPairs = new Int32Array(1 << 11);

	/**
	 * @param idOfByte by byte: the id of the token that is this byte alone
	 * @throws RangeError when the corpus does not fit into memory
	 */
	constructor(corpus: PretokenCounts, idOfByte: ArrayLike<number>, limits: PairLimits) {
		const symbols = corpus.bytes.length;
		if (symbols > MOST_SYMBOLS) throw new RangeError(`${symbols} symbols`);
		this.pairs = new PairTable(Math.min(symbols + 1, 1 << 16));
		this.#corpus = corpus;
		this.#limits = limits;
		this.#boundaries = new Int32Array(STRIDE * (symbols + 1));
		for (let byte = 0; byte < idOfByte.length; byte++) this.#lengths[idOfByte[byte]] = 1;
		this.#fillBoundaries(idOfByte);
		this.#lists = new Int32Array(Math.ceil(LISTS_GROWTH * (symbols - corpus.ends.length)));
		this.#placeLists(1);
		this.#fillLists();
	}

	/** Bytes of the token that a pair makes: a view. */
	joinedSpelling(pair: number): Uint8Array {
		const boundary = this.firstPlace(pair);
		const { left, right } = this.pairs;
		return this.#corpus.bytes.subarray(
			boundary - this.#lengths[left[pair]],
			boundary + this.#lengths[right[pair]]
		);
	}

	/** Whether a pair can be merged, as far as the limits go. */
	isMergeable(pair: number): boolean {
		return this.pairs.listEnds[pair] >= 0;
	}

	/** The first boundary at which a pair that occurs and can be merged stands. */
	firstPlace(pair: number): number {
		const { listStarts } = this.pairs;
		let at = listStarts[pair];
		while (this.#boundaries[STRIDE * this.#lists[at]] !== pair) at++;
		// What was passed over once is lost for good.
		listStarts[pair] = at;
		return this.#lists[at];
	}

	/**
	 * Makes a pair that can be merged one token everywhere; of overlapping places the left one goes first.
	 * The pairs that come into being are the last ones of `pairs`.
	 *
	 * @returns by how many tokens the corpus, as it was before pre-tokens were counted, got shorter
	 */
	merge(pair: number, product: number): number {
		const { pairs } = this;
		const leftLength = this.#lengths[pairs.left[pair]];
		const rightLength = this.#lengths[pairs.right[pair]];
		this.#addToken(product, leftLength + rightLength);
		this.#reserve(pairs.listEnds[pair] - pairs.listStarts[pair]);
		const merged = this.#removeBoundaries(pair, leftLength, rightLength);
		const first = pairs.size;
		const places = this.#makePairs(merged, product, leftLength, rightLength);
		if (this.#listed + places > this.#lists.length) this.#compactLists(first, places);
		for (let i = 0; i < places; i++) pairs.listEnds[this.#newPairs[i]]++;
		this.#placeLists(first);
		this.#fillNewLists(places);
		return this.#removed;
	}

	/** Takes the pair's places out: what stood next to them is counted down, and its boundary marked as open. */
	#removeBoundaries(pair: number, leftLength: number, rightLength: number): number {
		const { counts, listStarts, listEnds } = this.pairs;
		const lists = this.#lists;
		const boundaries = this.#boundaries;
		const merged = this.#merged;
		let length = 0;
		let removed = 0;
		for (let i = listStarts[pair], end = listEnds[pair]; i < end; i++) {
			const place = lists[i];
			const at = STRIDE * place;
			if (boundaries[at] !== pair) continue;
			const inline = boundaries[at + 1];
			const frequency = inline >= 0 ? inline : this.#largeFrequencies[~inline];
			boundaries[at] = 0;
			merged[length++] = place;
			removed += frequency;
			// An open boundary keeps its old pair, negative: two places that touch count it down once.
			const before = at - STRIDE * leftLength;
			const pairBefore = boundaries[before];
			if (pairBefore > 0) {
				counts[pairBefore] -= frequency;
				boundaries[before] = -pairBefore;
			}
			const after = at + STRIDE * rightLength;
			const pairAfter = boundaries[after];
			if (pairAfter > 0) {
				counts[pairAfter] -= frequency;
				boundaries[after] = -pairAfter;
			}
		}
		counts[pair] = 0;
		this.#removed = removed;
		return length;
	}

	/** Gives every open boundary its new pair. Returns how many there were. */
	#makePairs(merged: number, product: number, leftLength: number, rightLength: number): number {
		const { pairs } = this;
		const { left, right, counts } = pairs;
		const places = this.#merged;
		const boundaries = this.#boundaries;
		let open = 0;
		for (let i = 0; i < merged; i++) {
			const place = places[i];
			const inline = boundaries[STRIDE * place + 1];
			const frequency = inline >= 0 ? inline : this.#largeFrequencies[~inline];
			const before = place - leftLength;
			const pairBefore = boundaries[STRIDE * before];
			if (pairBefore < 0) {
				const touches = i > 0 && places[i - 1] + rightLength === before;
				const pair = this.#pairOnLeft(touches ? product : left[-pairBefore], product);
				boundaries[STRIDE * before] = pair;
				counts[pair] += frequency;
				this.#newPlaces[open] = before;
				this.#newPairs[open++] = pair;
			}
			const after = place + rightLength;
			const pairAfter = boundaries[STRIDE * after];
			// Between two new tokens the boundary is made once, from the right one.
			if (pairAfter < 0 && !(i + 1 < merged && places[i + 1] - leftLength === after)) {
				const pair = this.#pairOnRight(product, right[-pairAfter]);
				boundaries[STRIDE * after] = pair;
				counts[pair] += frequency;
				this.#newPlaces[open] = after;
				this.#newPairs[open++] = pair;
			}
		}
		return open;
	}

	#pairOnLeft(token: number, product: number): number {
		if (this.#leftStamps[token] !== product) {
			this.#leftStamps[token] = product;
			this.#leftPairs[token] = this.pairs.add(token, product);
		}
		return this.#leftPairs[token];
	}

	#pairOnRight(product: number, token: number): number {
		if (this.#rightStamps[token] !== product) {
			this.#rightStamps[token] = product;
			this.#rightPairs[token] = this.pairs.add(product, token);
		}
		return this.#rightPairs[token];
	}

	/** Sets out the lists of the pairs from `first` on, whose `listEnds` say how many places they have. */
	#placeLists(first: number): void {
		const { left, right, counts, listStarts, listEnds, size } = this.pairs;
		const { leastCount, longestToken } = this.#limits;
		const lengths = this.#lengths;
		for (let pair = first; pair < size; pair++) {
			const places = listEnds[pair];
			const isMergeable =
				counts[pair] >= leastCount && lengths[left[pair]] + lengths[right[pair]] <= longestToken;
			listStarts[pair] = this.#listed;
			listEnds[pair] = isMergeable ? this.#listed : -1;
			if (isMergeable) this.#listed += places;
		}
	}

	#fillNewLists(places: number): void {
		const { listEnds } = this.pairs;
		for (let i = 0; i < places; i++) {
			const pair = this.#newPairs[i];
			if (listEnds[pair] >= 0) this.#lists[listEnds[pair]++] = this.#newPlaces[i];
		}
	}

	/** The pairs of the corpus before the first merge, and how many places each has. */
	#fillBoundaries(idOfByte: ArrayLike<number>): void {
		const { pairs } = this;
		const { bytes, ends, counts: frequencies } = this.#corpus;
		const boundaries = this.#boundaries;
		const pairOfBytes = new Int32Array(1 << 16);
		for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
			const frequency = frequencies[i];
			const inline =
				frequency <= LARGEST_INLINE ? frequency : ~(this.#largeFrequencies.push(frequency) - 1);
			for (let place = start + 1; place < ends[i]; place++) {
				const key = (bytes[place - 1] << 8) | bytes[place];
				let pair = pairOfBytes[key];
				if (pair === 0) {
					pairs.reserve(1);
					pair = pairs.add(idOfByte[bytes[place - 1]], idOfByte[bytes[place]]);
					pairOfBytes[key] = pair;
				}
				pairs.counts[pair] += frequency;
				pairs.listEnds[pair]++;
				boundaries[STRIDE * place] = pair;
				boundaries[STRIDE * place + 1] = inline;
			}
		}
	}

	#fillLists(): void {
		const { listEnds } = this.pairs;
		const boundaries = this.#boundaries;
		for (let at = 0, place = 0; at < boundaries.length; at += STRIDE, place++) {
			const pair = boundaries[at];
			if (pair > 0 && listEnds[pair] >= 0) this.#lists[listEnds[pair]++] = place;
		}
	}

	/**
	 * Leaves lost places out of the lists of the pairs before `first`, and makes room for `more` places.
	 * More than is used is free afterwards, so that this costs little for each place added.
	 */
	#compactLists(first: number, more: number): void {
		const { listStarts, listEnds } = this.pairs;
		const boundaries = this.#boundaries;
		const lists = this.#lists;
		let to = 0;
		for (let pair = 1; pair < first; pair++) {
			const end = listEnds[pair];
			if (end < 0) continue;
			let at = listStarts[pair];
			listStarts[pair] = to;
			for (; at < end; at++) {
				const place = lists[at];
				if (boundaries[STRIDE * place] === pair) lists[to++] = place;
			}
			listEnds[pair] = to;
		}
		this.#listed = to;
		const wanted = Math.ceil((to + more) * LISTS_GROWTH);
		if (wanted > lists.length) this.#lists = grown(lists.subarray(0, to), new Int32Array(wanted));
	}

	#addToken(token: number, length: number): void {
		if (token >= this.#lengths.length) {
			const capacity = token * 2;
			this.#lengths = grown(this.#lengths, new Int32Array(capacity));
			this.#leftStamps = grown(this.#leftStamps, new Int32Array(capacity));
			this.#leftPairs = grown(this.#leftPairs, new Int32Array(capacity));
			this.#rightStamps = grown(this.#rightStamps, new Int32Array(capacity));
			this.#rightPairs = grown(this.#rightPairs, new Int32Array(capacity));
		}
		this.#lengths[token] = length;
	}

	/** Makes room for a merge in so many places. */
	#reserve(places: number): void {
		this.pairs.reserve(2 * places);
		if (places <= this.#merged.length) return;
		this.#merged = new Int32Array(2 * places);
		this.#newPlaces = new Int32Array(4 * places);
		this.#newPairs = new Int32Array(4 * places);
	}
}
