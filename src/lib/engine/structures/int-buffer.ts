/** `recycle` releases buffers of more values (16 MB), so that one huge text does not hold them for good. */
const MAX_KEPT_LENGTH = 1 << 22;

/**
 * A growable list of unsigned 32-bit integers. Hot loops write through `data` and `length` after one
 * `reserve`; other code uses `push`.
 */
export class IntBuffer {
	data: Uint32Array;
	length = 0;

	constructor(capacity = 1024) {
		this.data = new Uint32Array(capacity);
	}

	/** Makes room for `more` further values. May replace `data`: read it again afterwards. */
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

	/** Empties the buffer for the next text. */
	recycle(): void {
		this.clear();
		if (this.data.length > MAX_KEPT_LENGTH) this.data = new Uint32Array(1 << 12);
	}

	/** Copies the values written so far. */
	toArray(): Uint32Array {
		return this.data.slice(0, this.length);
	}
}
