import { grow } from '../structures/arrays';

/**
 * The pairs of tokens that occur, or once occurred, in the corpus. Pair 0 stands for no pair. `reserve` may replace the
 * arrays with longer ones, so read them again afterwards.
 */
export class PairTable {
	/** Number of pairs, including pair 0. */
	size = 1;
	left: Int32Array;
	right: Int32Array;
	/** Number of occurrences of each pair in the corpus, counting every occurrence of a pre-token. */
	counts: Float64Array;
	/** Start and exclusive end of each pair's list of boundaries; the end is -1 for a pair without a list. */
	listStarts: Int32Array;
	listEnds: Int32Array;

	constructor(capacity: number) {
		this.left = new Int32Array(capacity);
		this.right = new Int32Array(capacity);
		this.counts = new Float64Array(capacity);
		this.listStarts = new Int32Array(capacity);
		this.listEnds = new Int32Array(capacity);
	}

	/** Adds a pair and returns its index. Call `reserve` first. */
	add(left: number, right: number): number {
		const pair = this.size++;
		this.left[pair] = left;
		this.right[pair] = right;
		return pair;
	}

	reserve(more: number): void {
		const needed = this.size + more;
		if (needed <= this.left.length) return;
		const capacity = Math.max(needed, this.left.length + (this.left.length >> 1));
		this.left = grow(this.left, capacity);
		this.right = grow(this.right, capacity);
		this.counts = grow(this.counts, capacity);
		this.listStarts = grow(this.listStarts, capacity);
		this.listEnds = grow(this.listEnds, capacity);
	}
}

/**
 * The length of each token, and the pairs that tokens form with the product of the current merge. To find these pairs
 * without hashing, the class stores two products for each token (the latest one found on its left and the latest one
 * found on its right), with the pair that the token and each product form.
 */
export class TokenPairings {
	/** Length of each token in bytes. `add` may replace the array with a longer one. */
	lengths = new Int32Array(1 << 10);
	readonly #pairs: PairTable;
	#leftProducts = new Int32Array(1 << 10);
	#leftPairs = new Int32Array(1 << 10);
	#rightProducts = new Int32Array(1 << 10);
	#rightPairs = new Int32Array(1 << 10);

	constructor(pairs: PairTable) {
		this.#pairs = pairs;
	}

	add(token: number, length: number): void {
		if (token >= this.lengths.length) {
			const capacity = token * 2;
			this.lengths = grow(this.lengths, capacity);
			this.#leftProducts = grow(this.#leftProducts, capacity);
			this.#leftPairs = grow(this.#leftPairs, capacity);
			this.#rightProducts = grow(this.#rightProducts, capacity);
			this.#rightPairs = grow(this.#rightPairs, capacity);
		}
		this.lengths[token] = length;
	}

	/** Finds or adds the pair of `token` and a `product` (never id 0) to its right. Call `reserve` first. */
	pairBefore(token: number, product: number): number {
		if (this.#leftProducts[token] !== product) {
			this.#leftProducts[token] = product;
			this.#leftPairs[token] = this.#pairs.add(token, product);
		}
		return this.#leftPairs[token];
	}

	/** Finds or adds the pair of a `product` (never id 0) and the `token` to its right. Call `reserve` first. */
	pairAfter(product: number, token: number): number {
		if (this.#rightProducts[token] !== product) {
			this.#rightProducts[token] = product;
			this.#rightPairs[token] = this.#pairs.add(product, token);
		}
		return this.#rightPairs[token];
	}
}

/** Ratio of the total capacity of the lists to the number of occurrences. */
const GROWTH_FACTOR = 2.5;

/**
 * The boundaries where pairs occur: one list per pair, in pair order, from `listStarts` to `listEnds`. A boundary where
 * the pair no longer occurs stays in the list until room is needed.
 */
export class OccurrenceLists {
	/** The boundaries in all lists. `reserve` may replace the array with a longer one. */
	occurrences: Int32Array;
	#used = 0;
	readonly #pairs: PairTable;

	constructor(pairs: PairTable, count: number) {
		this.#pairs = pairs;
		this.occurrences = new Int32Array(Math.ceil(GROWTH_FACTOR * count));
	}

	/**
	 * Allocates an empty list for each pair, starting with `first`, for which `isListed` returns `true`. Before the
	 * call, `listEnds` must contain the length to reserve for each list.
	 */
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

	/** Appends a boundary to a pair's list; does nothing for a pair without a list. */
	push(pair: number, boundary: number): void {
		const { listEnds } = this.#pairs;
		if (listEnds[pair] >= 0) this.occurrences[listEnds[pair]++] = boundary;
	}

	/**
	 * Makes room for `more` occurrences. If the array is too short, removes outdated boundaries from the lists of pairs
	 * below `first`, and then enlarges the array if necessary so that over half of it is free. This keeps the amortised
	 * cost constant.
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
