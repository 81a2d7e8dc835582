/** A position in a sequence of LEB128 numbers (7 bits per byte, lowest bits first). */
export interface Cursor {
	readonly bytes: Uint8Array;
	/** The next byte to read. */
	at: number;
}

/** Reads one unsigned number below 2^32. @throws RangeError if the data ends or the number is larger */
export function readVarint(cursor: Cursor): number {
	let value = 0;
	for (let shift = 0; shift < 35; shift += 7) {
		if (cursor.at >= cursor.bytes.length) {
			throw new RangeError(
				`number at byte ${cursor.at}: got the end of the data, expected one more byte`
			);
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

/** Decodes a signed number written by {@link NumberWriter.zigzag}. */
export const fromZigzag = (value: number): number =>
	value % 2 === 0 ? value / 2 : -(value + 1) / 2;

export class NumberWriter {
	readonly #bytes: number[] = [];

	/** Writes an unsigned number below 2^32. */
	varint(value: number): void {
		let rest = value;
		while (rest >= 0x80) {
			this.#bytes.push((rest % 0x80) | 0x80);
			rest = Math.floor(rest / 0x80);
		}
		this.#bytes.push(rest);
	}

	/** Writes a signed number between -2^31 and 2^31. */
	zigzag(value: number): void {
		this.varint(value >= 0 ? value * 2 : -value * 2 - 1);
	}

	/** Copies the bytes written so far. */
	take(): Uint8Array {
		return Uint8Array.from(this.#bytes);
	}
}
