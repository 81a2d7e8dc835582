/**
 * What is known of each pair of tokens that stands, or stood, in the corpus. Pair 0 is none. Arrays are
 * replaced by longer ones in `reserve`: read them anew afterwards.
 */
export class PairTable {
	/** Number of pairs, none included. */
	size = 1;
	left: Int32Array;
	right: Int32Array;
	/** How often it occurs: the sum over its places of the frequencies of their pre-tokens. */
	counts: Float64Array;
	/** Its list of places in the corpus's lists: start and exclusive end; the end is -1 when none is kept. */
	listStarts: Int32Array;
	listEnds: Int32Array;

	constructor(capacity: number) {
		this.left = new Int32Array(capacity);
		this.right = new Int32Array(capacity);
		this.counts = new Float64Array(capacity);
		this.listStarts = new Int32Array(capacity);
		this.listEnds = new Int32Array(capacity);
	}

	/** Adds a pair, for which room was made, and returns its number. */
	add(left: number, right: number): number {
		const pair = this.size++;
		this.left[pair] = left;
		this.right[pair] = right;
		return pair;
	}

	/** Makes room for so many more pairs. */
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

/** `to`, longer, with what `from` holds. */
export function grown<A extends Int32Array | Float64Array>(from: A, to: A): A {
	to.set(from);
	return to;
}
