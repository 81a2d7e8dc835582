import { grow, hashWords } from '../engine/stages';

/**
 * Numbers pairs of 32-bit integers in the order in which they are added, starting from 0. Uses open addressing: a slot
 * contains the index of a pair + 1, or 0 if it's free.
 */
export class PairIndex {
	/** The two numbers of each pair, by the pair's index. Adding pairs may replace both arrays with longer ones. */
	first = new Int32Array(1 << 12);
	second = new Int32Array(1 << 12);
	#slots = new Int32Array(1 << 13);
	#size = 0;

	get size(): number {
		return this.#size;
	}

	/** Index of a pair; -1 if it hasn't been added. */
	find(first: number, second: number): number {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = hashWords(first, second) & mask;
		for (let pair = slots[slot]; pair !== 0; pair = slots[slot]) {
			if (this.first[pair - 1] === first && this.second[pair - 1] === second) return pair - 1;
			slot = (slot + 1) & mask;
		}
		return -1;
	}

	/** Returns the index of a pair, adding the pair if it's new. */
	add(first: number, second: number): number {
		const found = this.find(first, second);
		if (found >= 0) return found;
		const pair = this.#size++;
		if (pair === this.first.length) this.#grow();
		this.first[pair] = first;
		this.second[pair] = second;
		this.#insert(pair);
		return pair;
	}

	#insert(pair: number): void {
		const mask = this.#slots.length - 1;
		let slot = hashWords(this.first[pair], this.second[pair]) & mask;
		while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
		this.#slots[slot] = pair + 1;
	}

	/** Keeps at most half of the slots occupied. */
	#grow(): void {
		const pairs = this.first.length;
		this.first = grow(this.first, pairs * 2);
		this.second = grow(this.second, pairs * 2);
		this.#slots = new Int32Array(pairs * 4);
		for (let pair = 0; pair < pairs; pair++) this.#insert(pair);
	}
}
