import {
	ByteSource,
	equalLong,
	hashLong,
	highWord,
	MAX_INLINE_BYTES,
	lowWord,
	mix
} from '../structures/byte-table';
import type { PretokenCounts } from './types';

/**
 * Numbers per slot: low and high word of the key (or its hash and first byte), `index * 16` plus its length
 * (or `LONG`), which is 0 in a free slot, and its count. With the count in the slot, counting a pre-token
 * that was seen before touches one cache line.
 */
const STRIDE = 4;
const LONG = MAX_INLINE_BYTES + 1;
const MAX_INLINE_COUNT = 0x7fffffff;

/** Counts byte strings in the order in which they were first seen. */
export class CountTable {
	#keys = new ByteSource(new Uint8Array(1 << 12));
	#used = 0;
	#ends = new Uint32Array(1 << 10);
	#size = 0;
	#slots = new Int32Array(STRIDE << 12);
	/** By index: the part of a count that its slot could not hold; the slot then starts again at 0. */
	readonly #carried = new Map<number, number>();

	/** Number of distinct strings. */
	get size(): number {
		return this.#size;
	}

	/** Counts the strings that are back to back in `source`; each ends at one of the first `length` of `ends`. */
	addAll(source: ByteSource, ends: Uint32Array, length: number): void {
		for (let i = 0, at = 0; i < length; at = ends[i++]) this.add(source, at, ends[i] - at, 1);
	}

	/** Adds `count` to the string `source[at, at + length)`, which is not empty. */
	add(source: ByteSource, at: number, length: number, count: number): void {
		const slots = this.#slots;
		const slotMask = slots.length - 1;
		let first: number;
		let second: number;
		let hash: number;
		if (length > MAX_INLINE_BYTES) {
			first = hash = hashLong(source.view, at, length);
			second = this.#used;
		} else {
			first = lowWord(source, at, length);
			second = highWord(source, at, length);
			hash = mix(first, second, length);
		}
		let slot = (hash * STRIDE) & slotMask;
		for (let meta = slots[slot + 2]; meta !== 0; meta = slots[slot + 2]) {
			if (
				slots[slot] === first &&
				(length > MAX_INLINE_BYTES
					? this.#isLong(slot, source, at, length)
					: slots[slot + 1] === second && (meta & 15) === length)
			) {
				const sum = slots[slot + 3] + count;
				if (sum <= MAX_INLINE_COUNT) slots[slot + 3] = sum;
				else this.#carry(slot, sum);
				return;
			}
			slot = (slot + STRIDE) & slotMask;
		}
		slots[slot] = first;
		slots[slot + 1] = second;
		slots[slot + 2] = this.#size * 16 + (length > MAX_INLINE_BYTES ? LONG : length);
		if (count <= MAX_INLINE_COUNT) slots[slot + 3] = count;
		else this.#carry(slot, count);
		this.#keep(source, at, length);
	}

	/** Copies the counts into new arrays. */
	toCounts(): PretokenCounts {
		const counts = new Float64Array(this.#size);
		const slots = this.#slots;
		for (let slot = 0; slot < slots.length; slot += STRIDE) {
			if (slots[slot + 2] !== 0) counts[slots[slot + 2] >>> 4] = slots[slot + 3];
		}
		for (const [index, carried] of this.#carried) counts[index] += carried;
		return {
			bytes: this.#keys.bytes.slice(0, this.#used),
			ends: this.#ends.slice(0, this.#size),
			counts
		};
	}

	/** Whether the long key of a slot with the same hash is `source[at, at + length)`. */
	#isLong(slot: number, source: ByteSource, at: number, length: number): boolean {
		const meta = this.#slots[slot + 2];
		const place = this.#slots[slot + 1];
		return (
			(meta & 15) === LONG &&
			this.#ends[meta >>> 4] - place === length &&
			equalLong(source.view, at, this.#keys.view, place, length)
		);
	}

	#carry(slot: number, sum: number): void {
		const index = this.#slots[slot + 2] >>> 4;
		this.#carried.set(index, (this.#carried.get(index) ?? 0) + sum);
		this.#slots[slot + 3] = 0;
	}

	/** Copies the bytes of a new string. */
	#keep(source: ByteSource, at: number, length: number): void {
		const place = this.#used;
		if (place + length > this.#keys.bytes.length) {
			const grown = new Uint8Array(Math.max(place + length, this.#keys.bytes.length * 2));
			grown.set(this.#keys.bytes.subarray(0, place));
			this.#keys = new ByteSource(grown);
		}
		const keys = this.#keys.bytes;
		const { bytes } = source;
		if (length > 64) keys.set(bytes.subarray(at, at + length), place);
		else for (let i = 0; i < length; i++) keys[place + i] = bytes[at + i];
		if (this.#size === this.#ends.length) {
			const ends = new Uint32Array(this.#size * 2);
			ends.set(this.#ends);
			this.#ends = ends;
		}
		this.#used = place + length;
		this.#ends[this.#size++] = this.#used;
		if (this.#size * 2 * STRIDE > this.#slots.length) this.#growSlots();
	}

	#growSlots(): void {
		const old = this.#slots;
		const slots = new Int32Array(old.length * 2);
		const slotMask = slots.length - 1;
		for (let from = 0; from < old.length; from += STRIDE) {
			const meta = old[from + 2];
			if (meta === 0) continue;
			const length = meta & 15;
			const hash = length === LONG ? old[from] : mix(old[from], old[from + 1], length);
			let slot = (hash * STRIDE) & slotMask;
			while (slots[slot + 2] !== 0) slot = (slot + STRIDE) & slotMask;
			slots[slot] = old[from];
			slots[slot + 1] = old[from + 1];
			slots[slot + 2] = meta;
			slots[slot + 3] = old[from + 3];
		}
		this.#slots = slots;
	}
}

/** Adds up the counts of the parts of a corpus. First seen first, over the parts in order. */
export function mergePretokenCounts(parts: readonly PretokenCounts[]): PretokenCounts {
	if (parts.length === 1) return parts[0];
	const table = new CountTable();
	for (const { bytes, ends, counts } of parts) {
		const source = new ByteSource(bytes);
		for (let i = 0, at = 0; i < ends.length; at = ends[i++]) {
			table.add(source, at, ends[i] - at, counts[i]);
		}
	}
	return table.toCounts();
}
