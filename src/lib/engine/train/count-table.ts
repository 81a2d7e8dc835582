import { grow } from '../structures/arrays';
import {
	ByteSource,
	equalLong,
	hashOf,
	highWord,
	MAX_INLINE_BYTES,
	lowWord
} from '../structures/byte-table';
import { hashLong, hashWords } from '../structures/hash';
import type { PretokenCounts } from './types';

/**
 * Each slot has four numbers: the key's low and high word (or its hash and first byte); `index * 16` plus the key's
 * length (or `LONG`), or 0 if the slot is free; and the key's count.
 */
const STRIDE = 4;
const LONG = MAX_INLINE_BYTES + 1;
const MAX_INLINE_COUNT = 0x7fffffff;

/** Bounds on a table. */
export interface TableBounds {
	/** The table is full when it contains this many distinct strings. */
	readonly maxDistinct: number;
	/** The table is also full when its distinct strings contain this many bytes in total. */
	readonly maxDistinctBytes: number;
}

/** Counts byte strings and lists them in the order of their first occurrence. */
export class CountTable {
	#keys = new ByteSource(new Uint8Array(1 << 12));
	#used = 0;
	#ends = new Uint32Array(1 << 10);
	#size = 0;
	#slots = new Int32Array(STRIDE << 12);
	/** For each count too large for its slot, the part that is not stored in the slot, keyed by string index. */
	readonly #overflow = new Map<number, number>();

	get size(): number {
		return this.#size;
	}

	/** Total number of bytes in the distinct strings. */
	get keyBytes(): number {
		return this.#used;
	}

	/** Counts adjacent strings in `source`, which end at `ends[from..to)`. The first string begins at `start`. */
	addAll(source: ByteSource, ends: Uint32Array, from: number, to: number, start: number): void {
		for (let i = from, at = start; i < to; at = ends[i++]) this.add(source, at, ends[i] - at, 1);
	}

	/** Adds `count` occurrences of the string `source[at, at + length)`, which must not be empty. */
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
			hash = hashWords(first, second);
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
				else this.#addOverflow(slot, sum);
				return;
			}
			slot = (slot + STRIDE) & slotMask;
		}
		slots[slot] = first;
		slots[slot + 1] = second;
		slots[slot + 2] = this.#size * 16 + (length > MAX_INLINE_BYTES ? LONG : length);
		if (count <= MAX_INLINE_COUNT) slots[slot + 3] = count;
		else this.#addOverflow(slot, count);
		this.#addKey(source, at, length);
	}

	addCounts({ bytes, ends, counts }: PretokenCounts): void {
		const source = new ByteSource(bytes);
		for (let i = 0, at = 0; i < ends.length; at = ends[i++])
			this.add(source, at, ends[i] - at, counts[i]);
	}

	/** Whether the table would still be below both bounds after adding these counts. */
	hasRoom(
		{ bytes, ends }: PretokenCounts,
		{ maxDistinct, maxDistinctBytes }: TableBounds
	): boolean {
		let size = this.#size + ends.length;
		let keyBytes = this.#used + bytes.length;
		const source = new ByteSource(bytes);
		for (let i = 0, at = 0; i < ends.length; at = ends[i++]) {
			if (size < maxDistinct && keyBytes < maxDistinctBytes) return true;
			if (!this.#has(source, at, ends[i] - at)) continue;
			size--;
			keyBytes -= ends[i] - at;
		}
		return size < maxDistinct && keyBytes < maxDistinctBytes;
	}

	/** Removes all strings, but does not free the memory, so that it can be reused. */
	clear(): void {
		this.#slots.fill(0);
		this.#overflow.clear();
		this.#used = this.#size = 0;
	}

	toCounts(): PretokenCounts {
		const counts = new Float64Array(this.#size);
		const slots = this.#slots;
		for (let slot = 0; slot < slots.length; slot += STRIDE) {
			if (slots[slot + 2] !== 0) counts[slots[slot + 2] >>> 4] = slots[slot + 3];
		}
		for (const [index, overflow] of this.#overflow) counts[index] += overflow;
		return {
			bytes: this.#keys.bytes.slice(0, this.#used),
			ends: this.#ends.slice(0, this.#size),
			counts
		};
	}

	/** Whether the table contains the string `source[at, at + length)`. */
	#has(source: ByteSource, at: number, length: number): boolean {
		const slots = this.#slots;
		const slotMask = slots.length - 1;
		const isLong = length > MAX_INLINE_BYTES;
		const first = isLong ? hashLong(source.view, at, length) : lowWord(source, at, length);
		const second = isLong ? 0 : highWord(source, at, length);
		let slot = ((isLong ? first : hashWords(first, second)) * STRIDE) & slotMask;
		for (let meta = slots[slot + 2]; meta !== 0; meta = slots[slot + 2]) {
			const isSame =
				slots[slot] === first &&
				(isLong
					? this.#isLong(slot, source, at, length)
					: slots[slot + 1] === second && (meta & 15) === length);
			if (isSame) return true;
			slot = (slot + STRIDE) & slotMask;
		}
		return false;
	}

	/** Whether a slot whose hash matches contains the long key `source[at, at + length)`. */
	#isLong(slot: number, source: ByteSource, at: number, length: number): boolean {
		const meta = this.#slots[slot + 2];
		const start = this.#slots[slot + 1];
		return (
			(meta & 15) === LONG &&
			this.#ends[meta >>> 4] - start === length &&
			equalLong(source.view, at, this.#keys.view, start, length)
		);
	}

	#addOverflow(slot: number, sum: number): void {
		const index = this.#slots[slot + 2] >>> 4;
		this.#overflow.set(index, (this.#overflow.get(index) ?? 0) + sum);
		this.#slots[slot + 3] = 0;
	}

	#addKey(source: ByteSource, at: number, length: number): void {
		const start = this.#used;
		const end = start + length;
		if (end > this.#keys.bytes.length) {
			this.#keys = new ByteSource(
				grow(this.#keys.bytes, Math.max(end, this.#keys.bytes.length * 2))
			);
		}
		const keys = this.#keys.bytes;
		const { bytes } = source;
		if (length > 64) keys.set(bytes.subarray(at, at + length), start);
		else for (let i = 0; i < length; i++) keys[start + i] = bytes[at + i];
		if (this.#size === this.#ends.length) this.#ends = grow(this.#ends, this.#size * 2);
		this.#used = end;
		this.#ends[this.#size++] = end;
		if (this.#size * 2 * STRIDE > this.#slots.length) this.#growSlots();
	}

	#growSlots(): void {
		const old = this.#slots;
		const slots = new Int32Array(old.length * 2);
		const slotMask = slots.length - 1;
		for (let from = 0; from < old.length; from += STRIDE) {
			const meta = old[from + 2];
			if (meta === 0) continue;
			let slot = (hashOf(old[from], old[from + 1], meta & 15) * STRIDE) & slotMask;
			while (slots[slot + 2] !== 0) slot = (slot + STRIDE) & slotMask;
			slots[slot] = old[from];
			slots[slot + 1] = old[from + 1];
			slots[slot + 2] = meta;
			slots[slot + 3] = old[from + 3];
		}
		this.#slots = slots;
	}
}

/** Adds up the counts from all parts of a corpus. Pre-tokens are in the order of their first occurrence. */
export function mergePretokenCounts(parts: readonly PretokenCounts[]): PretokenCounts {
	if (parts.length === 1) return parts[0];
	const table = new CountTable();
	for (const part of parts) table.addCounts(part);
	return table.toCounts();
}
