/** Copies an array into a new, longer one. */
export function grow<A extends Uint8Array | Int32Array | Uint32Array | Float64Array>(
	array: A,
	length: number
): A {
	const grown = new (array.constructor as new (length: number) => A)(length);
	grown.set(array);
	return grown;
}

export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

/** `recycle` releases longer buffers (over 16 MB), so that a single huge text does not occupy memory forever. */
const MAX_RECYCLED_LENGTH = 1 << 22;

/**
 * A growable list of unsigned 32-bit integers. Instead of calling `push` for each value, hot loops call `reserve` once
 * and then write directly to `data` and `length`.
 */
export class IntBuffer {
	data: Uint32Array;
	length = 0;

	constructor(capacity = 1024) {
		this.data = new Uint32Array(capacity);
	}

	/** Makes room for `more` values. This may replace `data`. */
	reserve(more: number): void {
		const needed = this.length + more;
		if (needed <= this.data.length) return;
		this.data = grow(this.data, Math.max(needed, this.data.length * 2));
	}

	/** Sets the length and makes room for one more value. Returns `data`. */
	grow(length: number): Uint32Array {
		this.length = length;
		this.reserve(1);
		return this.data;
	}

	push(value: number): void {
		if (this.length === this.data.length) this.reserve(1);
		this.data[this.length++] = value;
	}

	append(values: Uint32Array | Int32Array): void {
		this.reserve(values.length);
		this.data.set(values, this.length);
		this.length += values.length;
	}

	clear(): void {
		this.length = 0;
	}

	/** Empties the buffer for the next text, and releases its memory if it's very long. */
	recycle(): void {
		this.clear();
		if (this.data.length > MAX_RECYCLED_LENGTH) this.data = new Uint32Array(1 << 12);
	}

	/** Copies the values written so far. */
	toArray(): Uint32Array {
		return this.data.slice(0, this.length);
	}
}
