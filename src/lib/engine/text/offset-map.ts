import { byteLength, isHighSurrogate, isLowSurrogate, splitsPair } from './utf8';

/** Units between two checkpoints: 4 bytes of memory for 256 units, and a scan that stays short. */
const STRIDE = 256;

/**
 * Translates between the `byte` and the `unit` offsets of one text. Only every 256th offset is
 * stored: unit → byte takes one look-up, byte → unit a binary search, then both scan at most
 * `STRIDE` units.
 *
 * An offset inside a char (a byte in mid-sequence, the low half of a pair) means the char's start,
 * so that a position never lands where text cannot be cut. Offsets past the ends are clamped.
 */
export class OffsetMap {
	/** Length of the text in bytes. */
	readonly bytes: number;
	readonly #text: string;
	/** Byte offset of the char at unit k·STRIDE, or null when all chars are one byte (byte = unit). */
	readonly #checkpoints: Uint32Array | null;

	constructor(text: string) {
		this.#text = text;
		this.bytes = byteLength(text);
		this.#checkpoints = this.bytes === text.length ? null : checkpointsOf(text);
	}

	/** Length of the text in units. */
	get units(): number {
		return this.#text.length;
	}

	/** The byte where the char at `unit` begins. */
	unitToByte(unit: number): number {
		if (unit <= 0) return 0;
		if (unit >= this.units) return this.bytes;
		if (!this.#checkpoints) return unit;
		const checkpoint = Math.floor(unit / STRIDE);
		const start = charStart(this.#text, checkpoint * STRIDE);
		return (
			this.#checkpoints[checkpoint] + byteLength(this.#text, start, charStart(this.#text, unit))
		);
	}

	/** The unit where the char that owns `byte` begins. */
	byteToUnit(byte: number): number {
		if (byte <= 0) return 0;
		if (byte >= this.bytes) return this.units;
		if (!this.#checkpoints) return byte;
		const checkpoint = lastAtMost(this.#checkpoints, byte);
		let unit = charStart(this.#text, checkpoint * STRIDE);
		let at = this.#checkpoints[checkpoint];
		for (;;) {
			const code = this.#text.charCodeAt(unit);
			const isPair = isHighSurrogate(code) && isLowSurrogate(this.#text.charCodeAt(unit + 1));
			at += isPair ? 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
			if (at > byte) return unit;
			unit += isPair ? 2 : 1;
		}
	}
}

const charStart = (text: string, unit: number) => (splitsPair(text, unit) ? unit - 1 : unit);

function checkpointsOf(text: string): Uint32Array {
	const checkpoints = new Uint32Array(Math.ceil(text.length / STRIDE));
	for (let k = 1; k < checkpoints.length; k++) {
		const start = charStart(text, (k - 1) * STRIDE);
		const end = charStart(text, k * STRIDE);
		checkpoints[k] = checkpoints[k - 1] + byteLength(text, start, end);
	}
	return checkpoints;
}

/** Position of the last value that is not above `limit`; values never decrease and begin with 0. */
function lastAtMost(values: Uint32Array, limit: number): number {
	let low = 0;
	let high = values.length;
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if (values[middle] <= limit) low = middle;
		else high = middle;
	}
	return low;
}
