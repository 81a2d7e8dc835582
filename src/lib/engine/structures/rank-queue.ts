import { grow } from './arrays';

/**
 * A priority queue of (rank, position) pairs: lowest rank first, then lowest position.
 *
 * BPE almost always pushes the positions for a rank in ascending order. So each rank has its own first-in first-out
 * queue, and a heap holds the ranks that have entries. As a result, a run of equal pairs is processed in linear time.
 * A second heap holds positions pushed out of order; the worst case is O(n log n).
 */
export class RankQueue {
	/** Rank and position of the entry most recently removed by `pop`. */
	rank = 0;
	position = 0;

	/** First and last entry of each rank; the first is 0 if the rank has no entries. Entries are numbered from 1. */
	readonly #heads: Int32Array;
	readonly #tails: Int32Array;
	/** Position of each entry, and the next entry of the same rank (0 if there is none). */
	#positions = new Int32Array(0);
	#nexts = new Int32Array(0);
	#entries = 1;
	readonly #ranks = new NumberHeap();
	/** Entries pushed out of order, as `rank * 2^32 + position`. */
	readonly #strays = new NumberHeap();

	/** @param rankCount ranks are 0 to rankCount - 1 */
	constructor(rankCount: number) {
		this.#heads = new Int32Array(rankCount);
		this.#tails = new Int32Array(rankCount);
	}

	/** Empties the queue and reserves space for `pushes` entries. */
	reset(pushes: number): void {
		for (const rank of this.#ranks.values()) this.#heads[rank] = 0;
		this.#ranks.clear();
		this.#strays.clear();
		this.#entries = 1;
		if (this.#positions.length <= pushes) {
			this.#positions = new Int32Array(pushes + 1);
			this.#nexts = new Int32Array(pushes + 1);
		}
	}

	release(): void {
		this.reset(0);
		this.#positions = this.#nexts = new Int32Array(0);
		this.#strays.release();
	}

	push(rank: number, position: number): void {
		const isNew = this.#heads[rank] === 0;
		if (!isNew && this.#positions[this.#tails[rank]] > position) {
			this.#strays.push(rank * 0x100000000 + position);
			return;
		}
		const entry = this.#entries++;
		this.#positions[entry] = position;
		this.#nexts[entry] = 0;
		if (isNew) {
			this.#heads[rank] = entry;
			this.#ranks.push(rank);
		} else {
			this.#nexts[this.#tails[rank]] = entry;
		}
		this.#tails[rank] = entry;
	}

	/** Removes the first entry and stores it in `rank` and `position`. Returns `false` if the queue is empty. */
	pop(): boolean {
		const rank = this.#ranks.size ? this.#ranks.top() : -1;
		const entry = rank < 0 ? 0 : this.#heads[rank];
		if (this.#strays.size) {
			const stray = this.#strays.top();
			if (entry === 0 || stray < rank * 0x100000000 + this.#positions[entry]) {
				this.#strays.pop();
				this.rank = Math.floor(stray / 0x100000000);
				this.position = stray % 0x100000000;
				return true;
			}
		}
		if (entry === 0) return false;
		this.rank = rank;
		this.position = this.#positions[entry];
		this.#heads[rank] = this.#nexts[entry];
		if (this.#heads[rank] === 0) this.#ranks.pop();
		return true;
	}
}

/** A binary min-heap of numbers. */
class NumberHeap {
	size = 0;
	#heap = new Float64Array(64);

	top(): number {
		return this.#heap[0];
	}

	values(): Float64Array {
		return this.#heap.subarray(0, this.size);
	}

	clear(): void {
		this.size = 0;
	}

	release(): void {
		this.size = 0;
		this.#heap = new Float64Array(64);
	}

	push(value: number): void {
		if (this.size === this.#heap.length) this.#heap = grow(this.#heap, this.size * 2);
		const heap = this.#heap;
		let at = this.size++;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (heap[parent] <= value) break;
			heap[at] = heap[parent];
			at = parent;
		}
		heap[at] = value;
	}

	pop(): void {
		const heap = this.#heap;
		const size = --this.size;
		const value = heap[size];
		let at = 0;
		for (;;) {
			let child = 2 * at + 1;
			if (child >= size) break;
			if (child + 1 < size && heap[child + 1] < heap[child]) child++;
			if (heap[child] >= value) break;
			heap[at] = heap[child];
			at = child;
		}
		heap[at] = value;
	}
}
