/**
 * The pairs of tokens that occur, or occurred, in the corpus. Pair 0 is no pair. `reserve` may replace the
 * arrays by longer ones: read them again afterwards.
 */
export class PairTable {
	/** Number of pairs, including pair 0. */
	size = 1;
	left: Int32Array;
	right: Int32Array;
	/** Occurrences: the sum of the frequencies of the pre-tokens of its places. */
	counts: Float64Array;
	/** Start and exclusive end of its list of places; the end is -1 if it has no list. */
	listStarts: Int32Array;
	listEnds: Int32Array;

	constructor(capacity: number) {
		this.left = new Int32Array(capacity);
		this.right = new Int32Array(capacity);
		this.counts = new Float64Array(capacity);
		this.listStarts = new Int32Array(capacity);
		this.listEnds = new Int32Array(capacity);
	}

	/** Adds a pair, for which there must be room, and returns its number. */
	add(left: number, right: number): number {
		const pair = this.size++;
		this.left[pair] = left;
		this.right[pair] = right;
		return pair;
	}

	/** Makes room for `more` pairs. */
	reserve(more: number): void {
		const needed = this.size + more;
		if (needed <= this.left.length) return;
		const capacity = Math.max(needed, this.left.length + (this.left.length >> 1));
		this.left = grown(this.left, new Int32Array(capacity));
		this.right = grown(this.right, new Int32Array(capacity));
		this.counts = grown(this.counts, new Float64Array(capacity));
		this.listStarts = grown(this.listStarts, new Int32Array(capacity));
		this.listEnds = grown(this.listEnds, new Int32Array(capacity));
	}
}

/** Copies `from` to the start of the longer array `to`. */
export function grown<A extends Int32Array | Float64Array>(from: A, to: A): A {
	to.set(from);
	return to;
}
