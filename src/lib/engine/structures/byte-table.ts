/**
 * A hash table from byte strings to positive integers, in one Int32Array with open addressing: no
 * string, no object and no allocation a lookup. Keys of up to eight bytes lie in the slot itself, so
 * that most lookups touch one cache line; longer ones are compared where their bytes are kept.
 */

/** Bytes with the view that reads them four at a time. */
export class ByteSource {
	readonly view: DataView;
	/** Last position from which eight bytes can be read. */
	readonly lastWide: number;

	constructor(readonly bytes: Uint8Array) {
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.lastWide = bytes.length - 8;
	}
}

/** Longest key that lies in its slot: that {@link lowWord} and {@link highWord} hold. */
export const INLINE = 8;
/** A slot: low and high word of the key (or its hash, and where its bytes begin), length, value (0: free). */
const STRIDE = 4;
const LOW_MASK = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1, -1, -1, -1, -1);
const HIGH_MASK = Int32Array.of(0, 0, 0, 0, 0, 0xff, 0xffff, 0xffffff, -1);

/** Up to four bytes, little-endian, near the end of a buffer. */
function partialWord(bytes: Uint8Array, at: number, length: number): number {
	let word = 0;
	for (let i = 0; i < length; i++) word |= bytes[at + i] << (8 * i);
	return word;
}

/** The first four bytes of a key of up to eight; absent ones are 0. */
export function lowWord(source: ByteSource, at: number, length: number): number {
	if (at <= source.lastWide) return source.view.getInt32(at, true) & LOW_MASK[length];
	return partialWord(source.bytes, at, length < 4 ? length : 4);
}

/** The last four bytes of a key of up to eight; absent ones are 0. */
export function highWord(source: ByteSource, at: number, length: number): number {
	if (length <= 4) return 0;
	if (at <= source.lastWide) return source.view.getInt32(at + 4, true) & HIGH_MASK[length];
	return partialWord(source.bytes, at + 4, length - 4);
}

/** Hash of a key of up to eight bytes: multiply and fold, with the constants of xxHash32. */
export function mix(low: number, high: number, length: number): number {
	let hash = Math.imul(low, 0x9e3779b1) ^ Math.imul(high + length, 0x85ebca77);
	hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae3d);
	return hash ^ (hash >>> 13);
}

/** Hash of a key of more than eight bytes. */
export function hashLong(view: DataView, at: number, length: number): number {
	let hash = length;
	const last = at + length - 4;
	for (let i = at; i < last; i += 4) {
		hash = Math.imul(hash ^ view.getInt32(i, true), 0x9e3779b1);
		hash = (hash << 13) | (hash >>> 19);
	}
	return mix(hash, view.getInt32(last, true), length);
}

/** Whether two keys of more than eight bytes are equal. */
export function equalLong(
	a: DataView,
	at: number,
	b: DataView,
	bAt: number,
	length: number
): boolean {
	const last = length - 4;
	if (a.getInt32(at + last, true) !== b.getInt32(bAt + last, true)) return false;
	for (let i = 0; i < last; i += 4) {
		if (a.getInt32(at + i, true) !== b.getInt32(bAt + i, true)) return false;
	}
	return true;
}

export class ByteTable {
	/** Number of keys. */
	size = 0;
	#keys: ByteSource;
	#slots: Int32Array;
	#slotMask: number;

	/**
	 * A bit for each of many hashes, set for those of keys: small enough for the processor's cache, it
	 * answers most questions about absent keys without a look at the slots. Null where most are present.
	 */
	readonly #filter: Int32Array | null;
	/** Hashes are shifted right by so much to be bits of the filter. */
	readonly #filterShift: number;

	/**
	 * @param keys where the bytes of long keys are kept; `add` is told their place in it
	 * @param capacity number of keys to make room for
	 * @param mostlyAbsent whether most of the keys asked for will not be in the table
	 */
	constructor(keys: ByteSource, capacity: number, mostlyAbsent = false) {
		this.#keys = keys;
		this.#slots = new Int32Array(STRIDE * slotsFor(capacity));
		this.#slotMask = this.#slots.length - 1;
		// Eight bits a key or more; at least one word.
		const filterLog = Math.max(5, 3 + Math.ceil(Math.log2(Math.max(capacity, 1))));
		this.#filterShift = 32 - filterLog;
		this.#filter = mostlyAbsent ? new Int32Array(1 << (filterLog - 5)) : null;
	}

	/** The value of the key `source[at, at + length)`, or 0. */
	get(source: ByteSource, at: number, length: number): number {
		const slots = this.#slots;
		const slotMask = this.#slotMask;
		if (length <= INLINE) {
			const low = lowWord(source, at, length);
			const high = highWord(source, at, length);
			const hash = mix(low, high, length);
			if (this.#isAbsent(hash)) return 0;
			let slot = (hash * STRIDE) & slotMask;
			for (;;) {
				const value = slots[slot + 3];
				if (value === 0) return 0;
				if (slots[slot] === low && slots[slot + 1] === high && slots[slot + 2] === length) {
					return value;
				}
				slot = (slot + STRIDE) & slotMask;
			}
		}
		const hash = hashLong(source.view, at, length);
		if (this.#isAbsent(hash)) return 0;
		let slot = (hash * STRIDE) & slotMask;
		for (;;) {
			const value = slots[slot + 3];
			if (value === 0) return 0;
			if (
				slots[slot] === hash &&
				slots[slot + 2] === length &&
				equalLong(source.view, at, this.#keys.view, slots[slot + 1], length)
			) {
				return value;
			}
			slot = (slot + STRIDE) & slotMask;
		}
	}

	/**
	 * Adds a key that is not in the table, with a value other than 0. A key longer than eight bytes must
	 * lie in the table's own keys at `at`. Grows when half full.
	 */
	add(source: ByteSource, at: number, length: number, value: number): void {
		if (this.size * 2 * STRIDE >= this.#slots.length) this.#grow();
		this.size++;
		if (length <= INLINE) {
			const low = lowWord(source, at, length);
			const high = highWord(source, at, length);
			this.#place(mix(low, high, length), low, high, length, value);
		} else {
			const hash = hashLong(source.view, at, length);
			this.#place(hash, hash, at, length, value);
		}
	}

	/**
	 * Adds the keys that lie back to back in the table's own keys: key `i` ends at `ends[i]` and gets the
	 * value `i + 1`; empty ones are left out. The same as `add` for each, in one loop with nothing to
	 * call: loading a vocabulary is most of a cold start.
	 */
	addAll(ends: Uint32Array): void {
		while ((this.size + ends.length) * 2 * STRIDE > this.#slots.length) this.#grow();
		const { view, lastWide } = this.#keys;
		const keys = this.#keys;
		const slots = this.#slots;
		const slotMask = this.#slotMask;
		const filter = this.#filter;
		const filterShift = this.#filterShift;
		for (let i = 0, at = 0; i < ends.length; at = ends[i++]) {
			const length = ends[i] - at;
			if (length === 0) continue;
			this.size++;
			let first: number;
			let second: number;
			let hash: number;
			if (length > INLINE) {
				first = hash = hashLong(view, at, length);
				second = at;
			} else {
				if (at <= lastWide) {
					first = view.getInt32(at, true) & LOW_MASK[length];
					second = view.getInt32(at + 4, true) & HIGH_MASK[length];
				} else {
					first = lowWord(keys, at, length);
					second = highWord(keys, at, length);
				}
				hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second + length, 0x85ebca77);
				hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae3d);
				hash ^= hash >>> 13;
			}
			if (filter) {
				const bit = hash >>> filterShift;
				filter[bit >>> 5] |= 1 << (bit & 31);
			}
			let slot = (hash * STRIDE) & slotMask;
			while (slots[slot + 3] !== 0) slot = (slot + STRIDE) & slotMask;
			slots[slot] = first;
			slots[slot + 1] = second;
			slots[slot + 2] = length;
			slots[slot + 3] = i + 1;
		}
	}

	/** Forgets every key. */
	clear(): void {
		this.#filter?.fill(0);
		this.#slots.fill(0);
		this.size = 0;
	}

	/** Takes over a longer copy of the bytes of long keys. */
	moveKeys(keys: ByteSource): void {
		this.#keys = keys;
	}

	#isAbsent(hash: number): boolean {
		if (!this.#filter) return false;
		const bit = hash >>> this.#filterShift;
		return ((this.#filter[bit >>> 5] >>> (bit & 31)) & 1) === 0;
	}

	#place(hash: number, first: number, second: number, length: number, value: number): void {
		const slots = this.#slots;
		const slotMask = this.#slotMask;
		if (this.#filter) {
			const bit = hash >>> this.#filterShift;
			this.#filter[bit >>> 5] |= 1 << (bit & 31);
		}
		let slot = (hash * STRIDE) & slotMask;
		while (slots[slot + 3] !== 0) slot = (slot + STRIDE) & slotMask;
		slots[slot] = first;
		slots[slot + 1] = second;
		slots[slot + 2] = length;
		slots[slot + 3] = value;
	}

	#grow(): void {
		const old = this.#slots;
		this.#slots = new Int32Array(old.length * 2);
		this.#slotMask = this.#slots.length - 1;
		for (let slot = 0; slot < old.length; slot += STRIDE) {
			const value = old[slot + 3];
			if (value === 0) continue;
			const [first, second, length] = [old[slot], old[slot + 1], old[slot + 2]];
			const hash = length <= INLINE ? mix(first, second, length) : first;
			this.#place(hash, first, second, length, value);
		}
	}
}

/** The power of two that leaves at least half of the slots free. */
function slotsFor(capacity: number): number {
	let slots = 16;
	while (slots < capacity * 2) slots *= 2;
	return slots;
}
