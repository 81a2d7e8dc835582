import { grow } from '../structures/arrays';
import { hashWords } from '../structures/hash';

/** Counts pairs of ids, in the order of their first occurrence. Can be cleared and reused. */
export class PairCounts {
	/** Number of distinct pairs. */
	size = 0;
	left = new Uint32Array(1 << 12);
	right = new Uint32Array(1 << 12);
	counts = new Float64Array(1 << 12);
	/** 1 + index in the arrays above; 0 if free. At most half of the slots are used. */
	#slots = new Int32Array(1 << 13);

	clear(): void {
		this.size = 0;
		this.#slots.fill(0);
	}

	add(left: number, right: number, count: number): void {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = hashWords(left, right) & mask;
		for (let entry = slots[slot]; entry > 0; entry = slots[slot]) {
			if (this.left[entry - 1] === left && this.right[entry - 1] === right) {
				this.counts[entry - 1] += count;
				return;
			}
			slot = (slot + 1) & mask;
		}
		if (this.size === this.left.length) {
			this.#grow();
			this.add(left, right, count);
			return;
		}
		this.left[this.size] = left;
		this.right[this.size] = right;
		this.counts[this.size] = count;
		slots[slot] = ++this.size;
	}

	#grow(): void {
		const capacity = 2 * this.size;
		this.left = grow(this.left, capacity);
		this.right = grow(this.right, capacity);
		this.counts = grow(this.counts, capacity);
		const slots = (this.#slots = new Int32Array(2 * capacity));
		const mask = slots.length - 1;
		for (let entry = 1; entry <= this.size; entry++) {
			let slot = hashWords(this.left[entry - 1], this.right[entry - 1]) & mask;
			while (slots[slot] > 0) slot = (slot + 1) & mask;
			slots[slot] = entry;
		}
	}
}
