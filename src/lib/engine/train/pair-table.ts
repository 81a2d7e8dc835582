import { grow } from '../structures/arrays';

/**
 * The pairs of tokens that occur or occurred in the corpus. Number 0 means no pair. `reserve` may replace the arrays
 * by longer ones, so read them again afterwards.
 */
export class PairTable {
	/** Number of pairs, including pair 0. */
	size = 1;
	left: Int32Array;
	right: Int32Array;
	/** Occurrences in the corpus, counting every occurrence of a pre-token. */
	counts: Float64Array;
	/** Start and exclusive end of the list of boundaries where a pair occurs; the end is -1 if it has no list. */
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
		this.left = grow(this.left, capacity);
		this.right = grow(this.right, capacity);
		this.counts = grow(this.counts, capacity);
		this.listStarts = grow(this.listStarts, capacity);
		this.listEnds = grow(this.listEnds, capacity);
	}
}
