import { PairTable } from './pair-table';
import { PlaceLists } from './place-lists';
import { TokenPairings } from './token-pairings';
import type { PretokenCounts } from './types';

/** Limits of the pairs that can be merged; the places of other pairs are not kept. */
export interface PairLimits {
	/** At least 1. A pair below it stays below, as counts never rise. */
	readonly minCount: number;
	readonly maxTokenBytes: number;
}

/** Numbers per boundary: its pair (0 if none) and the frequency of its pre-token. */
const STRIDE = 2;
/** Larger frequencies are kept in a list, and the boundary holds `~index`. */
const MAX_INLINE_FREQUENCY = 0x7fffffff;
/** Keeps the index of a boundary a 31-bit integer. */
const MAX_SYMBOLS = 2 ** 31 / STRIDE - 2;

/**
 * The corpus as pairs of adjacent tokens, with one operation: merging a pair wherever it occurs.
 *
 * A pair occurs at a boundary: the byte (of the distinct pre-tokens, back to back) where its right token
 * begins. The adjacent boundaries are a token's length away, so a boundary needs nothing but its pair. All
 * places of a pair are made at once, by the merge that makes its newer token, and can only be lost
 * afterwards. So each pair has one list of places, in ascending order, from which nothing is removed: a
 * place whose boundary has another pair by now is skipped when the list is read. A merge costs the length
 * of its list and makes at most two new places per token that it removes, which bounds time and memory by
 * the number of symbols.
 */
export class CorpusPairs {
	readonly pairs: PairTable;
	readonly #corpus: PretokenCounts;
	readonly #limits: PairLimits;
	readonly #boundaries: Int32Array;
	readonly #largeFrequencies: number[] = [];
	readonly #lists: PlaceLists;
	readonly #tokens: TokenPairings;
	/** Tokens of the corpus that the last merge removed. */
	#removed = 0;

	/** Boundaries that the current merge removes. */
	#merged = new Int32Array(1 << 10);
	/** Places that it makes, and the pair of each. */
	#newPlaces = new Int32Array(1 << 11);
	#newPairs = new Int32Array(1 << 11);

	/**
	 * @param idOfByte id of the one-byte token by byte
	 * @throws RangeError if the corpus does not fit into memory
	 */
	constructor(corpus: PretokenCounts, idOfByte: ArrayLike<number>, limits: PairLimits) {
		const symbols = corpus.bytes.length;
		if (symbols > MAX_SYMBOLS) throw new RangeError(`${symbols} symbols`);
		this.pairs = new PairTable(Math.min(symbols + 1, 1 << 16));
		this.#corpus = corpus;
		this.#limits = limits;
		this.#boundaries = new Int32Array(STRIDE * (symbols + 1));
		this.#tokens = new TokenPairings(this.pairs);
		for (let byte = 0; byte < idOfByte.length; byte++) this.#tokens.add(idOfByte[byte], 1);
		this.#fillBoundaries(idOfByte);
		this.#lists = new PlaceLists(this.pairs, symbols - corpus.ends.length);
		this.#lists.allocate(1, this.#canMerge);
		for (let place = 0; place <= symbols; place++) {
			const pair = this.#boundaries[STRIDE * place];
			if (pair > 0) this.#lists.push(pair, place);
		}
	}

	/** Bytes of the token that a pair makes, as a view. */
	joinedSpelling(pair: number): Uint8Array {
		const boundary = this.firstPlace(pair);
		const { left, right } = this.pairs;
		return this.#corpus.bytes.subarray(
			boundary - this.#tokens.lengths[left[pair]],
			boundary + this.#tokens.lengths[right[pair]]
		);
	}

	/** Whether a pair is within the limits. */
	isMergeable(pair: number): boolean {
		return this.pairs.listEnds[pair] >= 0;
	}

	/** First boundary of a pair that occurs and is within the limits. */
	firstPlace(pair: number): number {
		const { listStarts } = this.pairs;
		const { places } = this.#lists;
		let at = listStarts[pair];
		while (this.#boundaries[STRIDE * places[at]] !== pair) at++;
		// A place that was skipped once never comes back.
		listStarts[pair] = at;
		return places[at];
	}

	/**
	 * Merges a pair within the limits everywhere; of overlapping places the left one goes first. New pairs are
	 * added at the end of `pairs`.
	 *
	 * @returns number of tokens that this removes from the corpus, counting every occurrence of a pre-token
	 */
	merge(pair: number, product: number): number {
		const { pairs } = this;
		const leftLength = this.#tokens.lengths[pairs.left[pair]];
		const rightLength = this.#tokens.lengths[pairs.right[pair]];
		this.#tokens.add(product, leftLength + rightLength);
		this.#reserve(pairs.listEnds[pair] - pairs.listStarts[pair]);
		const merged = this.#removeBoundaries(pair, leftLength, rightLength);
		const first = pairs.size;
		const places = this.#makePairs(merged, product, leftLength, rightLength);
		this.#lists.reserve(places, first, this.#occurs);
		for (let i = 0; i < places; i++) pairs.listEnds[this.#newPairs[i]]++;
		this.#lists.allocate(first, this.#canMerge);
		for (let i = 0; i < places; i++) this.#lists.push(this.#newPairs[i], this.#newPlaces[i]);
		return this.#removed;
	}

	/** Removes the pair's places: the pairs next to them lose their counts, and their boundaries are marked as open. */
	#removeBoundaries(pair: number, leftLength: number, rightLength: number): number {
		const { counts, listStarts, listEnds } = this.pairs;
		const { places } = this.#lists;
		const boundaries = this.#boundaries;
		const merged = this.#merged;
		let length = 0;
		let removed = 0;
		for (let i = listStarts[pair], end = listEnds[pair]; i < end; i++) {
			const place = places[i];
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

	/** Gives every open boundary its new pair. Returns their number. */
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
				const pair = this.#tokens.pairBefore(touches ? product : left[-pairBefore], product);
				boundaries[STRIDE * before] = pair;
				counts[pair] += frequency;
				this.#newPlaces[open] = before;
				this.#newPairs[open++] = pair;
			}
			const after = place + rightLength;
			const pairAfter = boundaries[STRIDE * after];
			// Between two new tokens the boundary is made once, from the right one.
			if (pairAfter < 0 && !(i + 1 < merged && places[i + 1] - leftLength === after)) {
				const pair = this.#tokens.pairAfter(product, right[-pairAfter]);
				boundaries[STRIDE * after] = pair;
				counts[pair] += frequency;
				this.#newPlaces[open] = after;
				this.#newPairs[open++] = pair;
			}
		}
		return open;
	}

	readonly #canMerge = (pair: number): boolean => {
		const { left, right, counts } = this.pairs;
		const { lengths } = this.#tokens;
		return (
			counts[pair] >= this.#limits.minCount &&
			lengths[left[pair]] + lengths[right[pair]] <= this.#limits.maxTokenBytes
		);
	};

	readonly #occurs = (place: number, pair: number): boolean =>
		this.#boundaries[STRIDE * place] === pair;

	/** Finds the pairs of the corpus before the first merge, and the number of places of each. */
	#fillBoundaries(idOfByte: ArrayLike<number>): void {
		const { pairs } = this;
		const { bytes, ends, counts: frequencies } = this.#corpus;
		const boundaries = this.#boundaries;
		const pairOfBytes = new Int32Array(1 << 16);
		for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
			const frequency = frequencies[i];
			const inline =
				frequency <= MAX_INLINE_FREQUENCY
					? frequency
					: ~(this.#largeFrequencies.push(frequency) - 1);
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

	/** Makes room for a merge at this many places. */
	#reserve(places: number): void {
		this.pairs.reserve(2 * places);
		if (places <= this.#merged.length) return;
		this.#merged = new Int32Array(2 * places);
		this.#newPlaces = new Int32Array(4 * places);
		this.#newPairs = new Int32Array(4 * places);
	}
}
