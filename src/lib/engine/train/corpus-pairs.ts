import { OccurrenceLists, PairTable, TokenPairings } from './pair-table';
import type { PretokenCounts } from './types';

/** Limits on the pairs that can be merged. Occurrences of pairs outside the limits are not stored. */
export interface PairLimits {
	/** At least 1. Counts never rise, so a pair below the minimum stays below it. */
	readonly minCount: number;
	readonly maxTokenBytes: number;
}

/** Each boundary has two numbers: its pair (0 if none) and the frequency of its pre-token. */
const STRIDE = 2;
/** Larger frequencies are stored in a separate list, and the boundary stores `~index` instead. */
const MAX_INLINE_FREQUENCY = 0x7fffffff;
/** Number of occurrences read as a block. A block's 64-byte cache lines fit in the processor's first-level cache. */
const BLOCK = 256;
/** With more symbols, a boundary's index would not fit in a 31-bit integer. */
const MAX_SYMBOLS = 2 ** 31 / STRIDE - 2;

/**
 * The corpus as pairs of adjacent tokens, with one operation: merging all occurrences of a pair.
 *
 * A pair occurs at a boundary: the byte offset, in the concatenated distinct pre-tokens, at which the pair's right token
 * begins. The next boundary on either side is one token's length away, so boundaries don't store their neighbours.
 * All occurrences of a pair are created by the merge that produces its newer token; later merges only remove some. So
 * each pair has one list of boundaries, in ascending order, which never grows: boundaries that now have a different
 * pair are skipped when the list is read. A merge takes time proportional to the length of the pair's list and creates
 * at most two new occurrences for each token that it removes.
 */
export class CorpusPairs {
	readonly pairs: PairTable;
	readonly #corpus: PretokenCounts;
	readonly #limits: PairLimits;
	readonly #boundaries: Int32Array;
	readonly #largeFrequencies: number[] = [];
	readonly #lists: OccurrenceLists;
	readonly #tokens: TokenPairings;
	/** Number of tokens that the latest merge removed from the corpus. */
	#removed = 0;

	/** Boundaries in a block at which the pair may still occur. */
	readonly #candidates = new Int32Array(BLOCK);
	/** Boundaries that the current merge removes, and their number. */
	#merged = new Int32Array(1 << 10);
	#mergedSize = 0;
	/** Boundaries to which the current merge assigns a new pair, those pairs, and the number of such boundaries. */
	#newBoundaries = new Int32Array(1 << 11);
	#newPairs = new Int32Array(1 << 11);
	#newSize = 0;

	/**
	 * @throws RangeError if the corpus does not fit in memory
	 */
	constructor(corpus: PretokenCounts, idOfByte: ArrayLike<number>, limits: PairLimits) {
		const symbols = corpus.bytes.length;
		if (symbols > MAX_SYMBOLS)
			throw new RangeError(
				`corpus: got ${symbols} symbols, expected at most ${MAX_SYMBOLS}; use less text`
			);
		this.pairs = new PairTable(Math.min(symbols + 1, 1 << 16));
		this.#corpus = corpus;
		this.#limits = limits;
		this.#boundaries = new Int32Array(STRIDE * (symbols + 1));
		this.#tokens = new TokenPairings(this.pairs);
		for (let byte = 0; byte < idOfByte.length; byte++) this.#tokens.add(idOfByte[byte], 1);
		this.#fillBoundaries(idOfByte);
		this.#lists = new OccurrenceLists(this.pairs, symbols - corpus.ends.length);
		this.#lists.allocate(1, this.#canMerge);
		for (let boundary = 0; boundary <= symbols; boundary++) {
			const pair = this.#boundaries[STRIDE * boundary];
			if (pair > 0) this.#lists.push(pair, boundary);
		}
	}

	/** Bytes of the token that merging a pair produces, as a view into the corpus. */
	productBytes(pair: number): Uint8Array {
		const boundary = this.firstOccurrence(pair);
		const { left, right } = this.pairs;
		return this.#corpus.bytes.subarray(
			boundary - this.#tokens.lengths[left[pair]],
			boundary + this.#tokens.lengths[right[pair]]
		);
	}

	isMergeable(pair: number): boolean {
		return this.pairs.listEnds[pair] >= 0;
	}

	/** First boundary at which a pair occurs. The pair must occur in the corpus and be mergeable. */
	firstOccurrence(pair: number): number {
		const { listStarts } = this.pairs;
		const { occurrences } = this.#lists;
		let at = listStarts[pair];
		while (this.#boundaries[STRIDE * occurrences[at]] !== pair) at++;
		// Once a pair has disappeared from a boundary, it never occurs there again.
		listStarts[pair] = at;
		return occurrences[at];
	}

	/**
	 * Merges all occurrences of a mergeable pair, from left to right. Adds new pairs to `pairs`.
	 * @returns number of tokens removed from the corpus, counting every occurrence of a pre-token
	 */
	merge(pair: number, product: number): number {
		const { pairs } = this;
		const leftLength = this.#tokens.lengths[pairs.left[pair]];
		const rightLength = this.#tokens.lengths[pairs.right[pair]];
		this.#tokens.add(product, leftLength + rightLength);
		const start = pairs.listStarts[pair];
		const end = pairs.listEnds[pair];
		this.#reserve(end - start);
		this.#mergedSize = this.#newSize = this.#removed = 0;
		const first = pairs.size;
		for (let from = start, made = 0; from < end; from += BLOCK) {
			const to = Math.min(from + BLOCK, end);
			this.#removeBoundaries(pair, from, to, leftLength, rightLength);
			// An open boundary next to the last merged boundary may also adjoin a merged boundary in the next block.
			const complete = to < end ? this.#mergedSize - 1 : this.#mergedSize;
			if (complete > made) this.#makePairs(made, complete, product, leftLength, rightLength);
			made = Math.max(made, complete);
		}
		pairs.counts[pair] = 0;
		const count = this.#newSize;
		this.#lists.reserve(count, first, this.#occurs);
		for (let i = 0; i < count; i++) pairs.listEnds[this.#newPairs[i]]++;
		this.#lists.allocate(first, this.#canMerge);
		for (let i = 0; i < count; i++) this.#lists.push(this.#newPairs[i], this.#newBoundaries[i]);
		return this.#removed;
	}

	/**
	 * Removes the boundaries listed for a pair at indices [from, to). Marks each boundary next to a removed one as open,
	 * which means that it needs a new pair, and reduces the count of its old pair.
	 */
	#removeBoundaries(
		pair: number,
		from: number,
		to: number,
		leftLength: number,
		rightLength: number
	): void {
		const { counts } = this.pairs;
		const { occurrences } = this.#lists;
		const boundaries = this.#boundaries;
		const candidates = this.#candidates;
		const merged = this.#merged;
		// Nearly every read misses the cache. With no branches between reads, the processor can overlap them.
		let size = 0;
		for (let i = from; i < to; i++) {
			const boundary = occurrences[i];
			candidates[size] = boundary;
			size += ((boundaries[STRIDE * boundary] ^ pair) - 1) >>> 31;
		}
		let length = this.#mergedSize;
		let removed = 0;
		for (let i = 0; i < size; i++) {
			const boundary = candidates[i];
			const at = STRIDE * boundary;
			if (boundaries[at] !== pair) continue;
			const inline = boundaries[at + 1];
			const frequency = inline >= 0 ? inline : this.#largeFrequencies[~inline];
			boundaries[at] = 0;
			merged[length++] = boundary;
			removed += frequency;
			// An open boundary keeps its old pair, negated, so that two merges next to the boundary reduce the pair's
			// count only once.
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
		this.#removed += removed;
		this.#mergedSize = length;
	}

	/** Assigns new pairs to the open boundaries next to the merged ones in [from, to). */
	#makePairs(
		from: number,
		to: number,
		product: number,
		leftLength: number,
		rightLength: number
	): void {
		const { left, right, counts } = this.pairs;
		const merged = this.#merged;
		const mergedSize = this.#mergedSize;
		const boundaries = this.#boundaries;
		let open = this.#newSize;
		for (let i = from; i < to; i++) {
			const boundary = merged[i];
			const inline = boundaries[STRIDE * boundary + 1];
			const frequency = inline >= 0 ? inline : this.#largeFrequencies[~inline];
			const before = boundary - leftLength;
			const pairBefore = boundaries[STRIDE * before];
			if (pairBefore < 0) {
				const touches = i > 0 && merged[i - 1] + rightLength === before;
				const pair = this.#tokens.pairBefore(touches ? product : left[-pairBefore], product);
				boundaries[STRIDE * before] = pair;
				counts[pair] += frequency;
				this.#newBoundaries[open] = before;
				this.#newPairs[open++] = pair;
			}
			const after = boundary + rightLength;
			const pairAfter = boundaries[STRIDE * after];
			// A boundary between two new tokens is assigned its pair when the loop reaches the token on the right.
			if (pairAfter < 0 && !(i + 1 < mergedSize && merged[i + 1] - leftLength === after)) {
				const pair = this.#tokens.pairAfter(product, right[-pairAfter]);
				boundaries[STRIDE * after] = pair;
				counts[pair] += frequency;
				this.#newBoundaries[open] = after;
				this.#newPairs[open++] = pair;
			}
		}
		this.#newSize = open;
	}

	readonly #canMerge = (pair: number): boolean => {
		const { left, right, counts } = this.pairs;
		const { lengths } = this.#tokens;
		return (
			counts[pair] >= this.#limits.minCount &&
			lengths[left[pair]] + lengths[right[pair]] <= this.#limits.maxTokenBytes
		);
	};

	readonly #occurs = (boundary: number, pair: number): boolean =>
		this.#boundaries[STRIDE * boundary] === pair;

	/** Finds the initial pairs and counts the boundaries at which each one occurs. */
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
			for (let boundary = start + 1; boundary < ends[i]; boundary++) {
				const key = (bytes[boundary - 1] << 8) | bytes[boundary];
				let pair = pairOfBytes[key];
				if (pair === 0) {
					pairs.reserve(1);
					pair = pairs.add(idOfByte[bytes[boundary - 1]], idOfByte[bytes[boundary]]);
					pairOfBytes[key] = pair;
				}
				pairs.counts[pair] += frequency;
				pairs.listEnds[pair]++;
				boundaries[STRIDE * boundary] = pair;
				boundaries[STRIDE * boundary + 1] = inline;
			}
		}
	}

	#reserve(count: number): void {
		this.pairs.reserve(2 * count);
		if (count <= this.#merged.length) return;
		this.#merged = new Int32Array(2 * count);
		this.#newBoundaries = new Int32Array(4 * count);
		this.#newPairs = new Int32Array(4 * count);
	}
}
