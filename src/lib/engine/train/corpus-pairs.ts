import { OccurrenceLists, PairTable, TokenPairings } from './pair-table';
import type { PretokenCounts } from './types';

/** Limits on the pairs that can be merged. Occurrences of other pairs are not stored. */
export interface PairLimits {
	/** At least 1. Counts never rise, so a pair below this count stays below it. */
	readonly minCount: number;
	readonly maxTokenBytes: number;
}

/** Two numbers per boundary: its pair (0 if none) and the frequency of its pre-token. */
const STRIDE = 2;
/** Larger frequencies are stored in a list, and the boundary holds `~index`. */
const MAX_INLINE_FREQUENCY = 0x7fffffff;
/** Number of occurrences to read together; their 64-byte cache lines fit in the first-level cache. */
const BLOCK = 256;
/** With more symbols, a boundary's index would not fit in a 31-bit integer. */
const MAX_SYMBOLS = 2 ** 31 / STRIDE - 2;

/**
 * The corpus as pairs of adjacent tokens, with one operation: merging all occurrences of a pair.
 *
 * A pair occurs at a boundary: the byte offset, in the concatenated distinct pre-tokens, at which the pair's right
 * token begins. The next boundary on either side is one token's length away, so a boundary doesn't store its
 * neighbours. All occurrences of a pair are created by the merge that produces its newer token; later merges only
 * remove some. Each pair therefore has a single list of boundaries, in ascending order, which never grows. Boundaries
 * that now have a different pair are skipped when the list is read. A merge takes time proportional to the length of
 * its pair's list and creates at most two new occurrences per token that it removes, so time and memory are linear in
 * the number of symbols.
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
	/** Boundaries whose pair the current merge replaces, their new pairs, and the number of these boundaries. */
	#newBoundaries = new Int32Array(1 << 11);
	#newPairs = new Int32Array(1 << 11);
	#newSize = 0;

	/**
	 * @param idOfByte id of the one-byte token for each byte
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

	/** Bytes of a pair's product, as a view into the corpus. */
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

	/** First boundary of a pair, which must occur in the corpus and be within the limits. */
	firstOccurrence(pair: number): number {
		const { listStarts } = this.pairs;
		const { occurrences } = this.#lists;
		let at = listStarts[pair];
		while (this.#boundaries[STRIDE * occurrences[at]] !== pair) at++;
		// Once a boundary has lost a pair, it never gets the same pair again.
		listStarts[pair] = at;
		return occurrences[at];
	}

	/**
	 * Merges all occurrences of a mergeable pair, from left to right, and appends new pairs to `pairs`.
	 * @returns number of tokens that the merge removes from the corpus, counting every occurrence of a pre-token
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
			// The last merged boundary may share an open boundary with the next block.
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
	 * Removes the boundaries in [from, to) of a pair's list. Reduces the counts of the pairs next to these boundaries
	 * and marks the boundaries of those pairs as open.
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
		// Nearly every read misses the cache. Without branches between reads, the processor can have several of them in
		// flight at once.
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
			// The boundary between two new tokens gets its pair when the loop reaches the token on the right.
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

	/** Finds the initial pairs and counts each pair's boundaries. */
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
