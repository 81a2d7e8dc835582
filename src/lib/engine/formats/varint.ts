import { grow } from '../structures/arrays';

/** A position in bytes that hold LEB128 numbers (7 bits per byte, lowest bits first). */
export interface Cursor {
	readonly bytes: Uint8Array;
	/** The next byte to read. */
	at: number;
}

/** Reads one unsigned number below 2^32. @throws RangeError if the data ends, or for a larger number */
export function readVarint(cursor: Cursor): number {
	let value = 0;
	for (let shift = 0; shift < 35; shift += 7) {
		if (cursor.at >= cursor.bytes.length) {
			throw new RangeError(`number at byte ${cursor.at}: the data ends, expected another byte`);
		}
		const byte = cursor.bytes[cursor.at++];
		value += (byte & 0x7f) * 2 ** shift;
		if (byte >= 0x80) continue;
		if (value < 2 ** 32) return value;
		throw new RangeError(`number before byte ${cursor.at}: got ${value}, expected less than 2^32`);
	}
	throw new RangeError(
		`number before byte ${cursor.at}: got more than 5 bytes, expected at most 5`
	);
}

/** Reads a signed number written by {@link ByteWriter.zigzag}. */
export function readZigzag(cursor: Cursor): number {
	return fromZigzag(readVarint(cursor));
}

export const fromZigzag = (value: number): number =>
	value % 2 === 0 ? value / 2 : -(value + 1) / 2;

/** A growing buffer of numbers and bytes. */
export class ByteWriter {
	#data = new Uint8Array(1024);
	#length = 0;

	#reserve(count: number): void {
		if (this.#length + count <= this.#data.length) return;
		this.#data = grow(this.#data, Math.max(this.#data.length * 2, this.#length + count));
	}

	u32(value: number): void {
		this.#reserve(4);
		new DataView(this.#data.buffer).setUint32(this.#length, value, true);
		this.#length += 4;
	}

	/** Writes an unsigned number below 2^32. */
	varint(value: number): void {
		this.#reserve(5);
		let rest = value;
		while (rest >= 0x80) {
			this.#data[this.#length++] = (rest % 0x80) | 0x80;
			rest = Math.floor(rest / 0x80);
		}
		this.#data[this.#length++] = rest;
	}

	/** Writes a signed number between -2^31 and 2^31. */
	zigzag(value: number): void {
		this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
	}

	bytes(bytes: Uint8Array): void {
		this.#reserve(bytes.length);
		this.#data.set(bytes, this.#length);
		this.#length += bytes.length;
	}

	/** Copies the bytes written so far. */
	take(): Uint8Array<ArrayBuffer> {
		return this.#data.slice(0, this.#length);
	}
}
