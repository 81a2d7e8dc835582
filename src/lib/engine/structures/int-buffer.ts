/**
 * A growable list of unsigned 32-bit integers. Hot loops write through `data` and `length`
 * themselves after one `reserve`; others use `push`.
 */
export class IntBuffer {
	data: Uint32Array;
	length = 0;

	constructor(capacity = 1024) {
		this.data = new Uint32Array(capacity);
	}

	/** Makes room for `more` further values. Replaces `data`: read it again afterwards. */
	reserve(more: number): void {
		const needed = this.length + more;
		if (needed <= this.data.length) return;
		const grown = new Uint32Array(Math.max(needed, this.data.length * 2));
		grown.set(this.data.subarray(0, this.length));
		this.data = grown;
	}

	push(value: number): void {
		if (this.length === this.data.length) this.reserve(1);
		this.data[this.length++] = value;
	}

	clear(): void {
		this.length = 0;
	}

	/** A copy of the values written so far. */
	toArray(): Uint32Array {
		return this.data.slice(0, this.length);
	}
}
