import { grow } from '../structures/arrays';

export interface PairFigures {
	/** Current count of each pair. The queue rereads this property on every call, because the array may be replaced. */
	readonly counts: Float64Array;
	/** Among pairs with equal counts, the smallest key goes first. A pair's key may change only when its count does. */
	tieKey(pair: number): number;
}

/**
 * Highest count for which a {@link PairQueue} should have a list. The few pairs with higher counts go straight into its
 * heap.
 */
export const MAX_LISTED_COUNT = 1 << 20;

/**
 * A queue of pairs: highest count first and, among equal counts, smallest tie key first.
 *
 * While a pair is in the queue, its count may only fall, and no pair may be added with a higher count than the last
 * pair removed. So there is one list of pairs for each count. A list is read only when no list for a higher count
 * contains any pairs. Pairs that still have the list's count then enter a heap, and all others move to the lists for
 * their new counts.
 */
export class PairQueue {
	readonly #figures: PairFigures;
	/** For each count, the first pair in its list; -1 if the list is empty. */
	readonly #heads: Int32Array;
	/** For each pair, the next pair in its list; -1 at the end. */
	#next = new Int32Array(1 << 10);
	/** All pairs whose last known count is at least this high are in the heap. */
	#floor: number;

	#heapSize = 0;
	#heapPairs = new Int32Array(256);
	#heapCounts = new Float64Array(256);
	#heapTies = new Float64Array(256);

	/** @param maxListed highest count for which there is a list */
	constructor(figures: PairFigures, maxListed: number) {
		this.#figures = figures;
		this.#heads = new Int32Array(maxListed + 1).fill(-1);
		this.#floor = maxListed + 1;
	}

	/** Adds a pair with a count of at least 1. */
	add(pair: number): void {
		if (pair >= this.#next.length) this.#next = grow(this.#next, pair * 2);
		this.#add(pair, this.#figures.counts[pair]);
	}

	/** Removes and returns the first pair; -1 if the queue is empty. */
	pop(): number {
		const { counts } = this.#figures;
		for (;;) {
			if (this.#heapSize === 0 && !this.#openList()) return -1;
			const pair = this.#heapPairs[0];
			const known = this.#heapCounts[0];
			this.#popHeap();
			const count = counts[pair];
			if (count === known) return pair;
			if (count > 0) this.#add(pair, count);
		}
	}

	#add(pair: number, count: number): void {
		if (count >= this.#floor) this.#pushHeap(pair, count, this.#figures.tieKey(pair));
		else {
			this.#next[pair] = this.#heads[count];
			this.#heads[count] = pair;
		}
	}

	/** Moves pairs from the highest non-empty list to the heap. Returns `false` if every list is empty. */
	#openList(): boolean {
		const { counts } = this.#figures;
		while (this.#heapSize === 0) {
			const floor = this.#highestListed();
			this.#floor = floor;
			if (floor === 0) return false;
			let pair = this.#heads[floor];
			this.#heads[floor] = -1;
			while (pair >= 0) {
				const after = this.#next[pair];
				if (counts[pair] > 0) this.#add(pair, counts[pair]);
				pair = after;
			}
		}
		return true;
	}

	/** Highest count below the floor with a non-empty list; 0 if there is none. */
	#highestListed(): number {
		const heads = this.#heads;
		let count = Math.max(0, this.#floor - 1);
		while (count > 0 && heads[count] < 0) count--;
		return count;
	}

	/** Whether heap entry `a` goes before an entry with the given count and tie key. */
	#isBefore(a: number, count: number, tie: number): boolean {
		const other = this.#heapCounts[a];
		return other > count || (other === count && this.#heapTies[a] < tie);
	}

	#set(at: number, pair: number, count: number, tie: number): void {
		this.#heapPairs[at] = pair;
		this.#heapCounts[at] = count;
		this.#heapTies[at] = tie;
	}

	#move(from: number, to: number): void {
		this.#set(to, this.#heapPairs[from], this.#heapCounts[from], this.#heapTies[from]);
	}

	#pushHeap(pair: number, count: number, tie: number): void {
		if (this.#heapSize === this.#heapPairs.length) {
			this.#heapPairs = grow(this.#heapPairs, this.#heapSize * 2);
			this.#heapCounts = grow(this.#heapCounts, this.#heapSize * 2);
			this.#heapTies = grow(this.#heapTies, this.#heapSize * 2);
		}
		let at = this.#heapSize++;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (this.#isBefore(parent, count, tie)) break;
			this.#move(parent, at);
			at = parent;
		}
		this.#set(at, pair, count, tie);
	}

	#popHeap(): void {
		const last = --this.#heapSize;
		const pair = this.#heapPairs[last];
		const count = this.#heapCounts[last];
		const tie = this.#heapTies[last];
		let at = 0;
		for (let child = 1; child < last; child = 2 * at + 1) {
			const right = child + 1;
			if (right < last && this.#isBefore(right, this.#heapCounts[child], this.#heapTies[child])) {
				child = right;
			}
			if (!this.#isBefore(child, count, tie)) break;
			this.#move(child, at);
			at = child;
		}
		this.#set(at, pair, count, tie);
	}
}
