import { ByteSource, ByteTable } from '../structures/byte-table';
import type { PretokenCounts } from './types';

/** Counts byte strings, and remembers the order in which they were first seen. */
export class CountTable {
	#keys = new ByteSource(new Uint8Array(1 << 16));
	#used = 0;
	#ends = new Uint32Array(1 << 12);
	#counts = new Float64Array(1 << 12);
	#size = 0;
	readonly #table = new ByteTable(this.#keys, 1 << 12);

	/** Number of distinct strings. */
	get size(): number {
		return this.#size;
	}

	/** Counts the strings that lie back to back in `source`, up to each of the first `length` of `ends`. */
	addAll(source: ByteSource, ends: Uint32Array, length: number): void {
		for (let i = 0, at = 0; i < length; at = ends[i++]) this.add(source, at, ends[i] - at, 1);
	}

	/** Counts `source[at, at + length)`, which is not empty, `count` times more. */
	add(source: ByteSource, at: number, length: number, count: number): void {
		const index = this.#table.get(source, at, length);
		if (index > 0) this.#counts[index - 1] += count;
		else this.#insert(source, at, length, count);
	}

	/** What was counted, as arrays of its own. */
	toCounts(): PretokenCounts {
		return {
			bytes: this.#keys.bytes.slice(0, this.#used),
			ends: this.#ends.slice(0, this.#size),
			counts: this.#counts.slice(0, this.#size)
		};
	}

	#insert(source: ByteSource, at: number, length: number, count: number): void {
		const place = this.#used;
		if (place + length > this.#keys.bytes.length) {
			const grown = new Uint8Array(Math.max(place + length, this.#keys.bytes.length * 2));
			grown.set(this.#keys.bytes.subarray(0, place));
			this.#keys = new ByteSource(grown);
			this.#table.moveKeys(this.#keys);
		}
		this.#keys.bytes.set(source.bytes.subarray(at, at + length), place);
		if (this.#size === this.#ends.length) {
			const ends = new Uint32Array(this.#size * 2);
			ends.set(this.#ends);
			this.#ends = ends;
			const counts = new Float64Array(this.#size * 2);
			counts.set(this.#counts);
			this.#counts = counts;
		}
		this.#used = place + length;
		this.#ends[this.#size] = this.#used;
		this.#counts[this.#size++] = count;
		this.#table.add(this.#keys, place, length, this.#size);
	}
}
