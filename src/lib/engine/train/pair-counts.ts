/** Adds up how often pairs of ids stand, first seen first; used for one count after another. */
export class PairCounts {
	/** Number of distinct pairs. */
	size = 0;
	lefts = new Uint32Array(1 << 12);
	rights = new Uint32Array(1 << 12);
	counts = new Float64Array(1 << 12);
	/** 1 + place in the arrays above; 0: free. Kept less than half full. */
	#slots = new Int32Array(1 << 13);

	clear(): void {
		this.size = 0;
		this.#slots.fill(0);
	}

	add(left: number, right: number, count: number): void {
		const slots = this.#slots;
		const mask = slots.length - 1;
		let slot = hash(left, right) & mask;
		for (let entry = slots[slot]; entry > 0; entry = slots[slot]) {
			if (this.lefts[entry - 1] === left && this.rights[entry - 1] === right) {
				this.counts[entry - 1] += count;
				return;
			}
			slot = (slot + 1) & mask;
		}
		if (this.size === this.lefts.length) {
			this.#grow();
			this.add(left, right, count);
			return;
		}
		this.lefts[this.size] = left;
		this.rights[this.size] = right;
		this.counts[this.size] = count;
		slots[slot] = ++this.size;
	}

	#grow(): void {
		const room = 2 * this.size;
		const [lefts, rights, counts] = [this.lefts, this.rights, this.counts];
		this.lefts = new Uint32Array(room);
		this.rights = new Uint32Array(room);
		this.counts = new Float64Array(room);
		this.lefts.set(lefts);
		this.rights.set(rights);
		this.counts.set(counts);
		const slots = (this.#slots = new Int32Array(2 * room));
		const mask = slots.length - 1;
		for (let entry = 1; entry <= this.size; entry++) {
			let slot = hash(lefts[entry - 1], rights[entry - 1]) & mask;
			while (slots[slot] > 0) slot = (slot + 1) & mask;
			slots[slot] = entry;
		}
	}
}

/** Multiply and fold, with the constants of xxHash32. */
function hash(left: number, right: number): number {
	const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca77);
	return mixed ^ (mixed >>> 15);
}
