import { hashLong, hashWords } from './hash';

/** Bytes with a view for reading four at a time. */
export class ByteSource {
	readonly view: DataView;
	/** Last offset from which eight bytes can be read. */
	readonly lastWide: number;

	constructor(readonly bytes: Uint8Array) {
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		this.lastWide = bytes.length - 8;
	}
}

/** Maximum length of a key that is stored in its slot as {@link lowWord} and {@link highWord}. */
export const MAX_INLINE_BYTES = 8;
/**
 * Numbers per slot: the low and high words of the key (or its hash and first byte), its length, and the value (0 if
 * free).
 */
const STRIDE = 4;
/**
 * Maximum fraction of slots that can be in use. Tables with a filter can be fuller than others, because most lookups of
 * absent keys stop at the filter.
 */
const MAX_LOAD = 0.5;
const MAX_FILTERED_LOAD = 0.8;
const LOW_MASK = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1, -1, -1, -1, -1);
const HIGH_MASK = Int32Array.of(0, 0, 0, 0, 0, 0xff, 0xffff, 0xffffff, -1);

/** Reads up to four bytes, little-endian, near the end of a buffer. */
function partialWord(bytes: Uint8Array, at: number, length: number): number {
	let word = 0;
	for (let i = 0; i < length; i++) word |= bytes[at + i] << (8 * i);
	return word;
}

/** First four bytes of a key of up to eight bytes, padded with zeros. */
export function lowWord(source: ByteSource, at: number, length: number): number {
	if (at <= source.lastWide) return source.view.getInt32(at, true) & LOW_MASK[length];
	return partialWord(source.bytes, at, length < 4 ? length : 4);
}

/** Last four bytes of a key of up to eight bytes, padded with zeros. */
export function highWord(source: ByteSource, at: number, length: number): number {
	if (length <= 4) return 0;
	if (at <= source.lastWide) return source.view.getInt32(at + 4, true) & HIGH_MASK[length];
	return partialWord(source.bytes, at + 4, length - 4);
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

/**
 * A hash table from byte strings to integers, in one Int32Array with open addressing. Lookups don't allocate memory.
 * Keys of up to eight bytes are stored in their slot, so that most lookups touch only one cache line.
 */
export class ByteTable {
	size = 0;
	#keys: ByteSource;
	#slots: Int32Array;
	#slotMask: number;
	readonly #load: number;
	/**
	 * One bit per hash value, set if any key has that hash. The filter fits in the processor's cache, and most lookups of
	 * absent keys need nothing else. `null` if most keys looked up are present.
	 */
	readonly #filter: Int32Array | null;
	/** Right shift that turns a hash into the index of its bit in the filter. */
	readonly #filterShift: number;

	/**
	 * @param keys bytes of the long keys
	 * @param capacity number of keys to make room for
	 * @param mostlyAbsent whether most keys looked up are absent
	 */
	constructor(keys: ByteSource, capacity: number, mostlyAbsent = false) {
		this.#keys = keys;
		this.#load = mostlyAbsent ? MAX_FILTERED_LOAD : MAX_LOAD;
		this.#slots = new Int32Array(STRIDE * slotsFor(capacity, this.#load));
		this.#slotMask = this.#slots.length - 1;
		// The filter has at least eight bits per key, and at least one word.
		const filterLog = Math.max(5, 3 + Math.ceil(Math.log2(Math.max(capacity, 1))));
		this.#filterShift = 32 - filterLog;
		this.#filter = mostlyAbsent ? new Int32Array(1 << (filterLog - 5)) : null;
	}

	/** Value of the key `source[at, at + length)`; 0 if the key is not in the table. */
	get(source: ByteSource, at: number, length: number): number {
		// Long keys have a separate method, because V8 limits how much code it inlines.
		if (length > MAX_INLINE_BYTES) return this.#getLong(source, at, length);
		const low = lowWord(source, at, length);
		const high = highWord(source, at, length);
		const hash = hashWords(low, high);
		if (this.#isAbsent(hash)) return 0;
		const slots = this.#slots;
		const slotMask = this.#slotMask;
		for (let slot = (hash * STRIDE) & slotMask; ; slot = (slot + STRIDE) & slotMask) {
			const value = slots[slot + 3];
			if (value === 0) return 0;
			if (slots[slot] === low && slots[slot + 1] === high && slots[slot + 2] === length)
				return value;
		}
	}

	#getLong(source: ByteSource, at: number, length: number): number {
		const hash = hashLong(source.view, at, length);
		if (this.#isAbsent(hash)) return 0;
		const slots = this.#slots;
		const slotMask = this.#slotMask;
		for (let slot = (hash * STRIDE) & slotMask; ; slot = (slot + STRIDE) & slotMask) {
			const value = slots[slot + 3];
			if (value === 0) return 0;
			if (slots[slot] !== hash || slots[slot + 2] !== length) continue;
			if (equalLong(source.view, at, this.#keys.view, slots[slot + 1], length)) return value;
		}
	}

	/**
	 * Adds a key that is not in the table, with a value other than 0. For a key of more than eight bytes, `source` must
	 * be the table's own copy of the keys.
	 */
	add(source: ByteSource, at: number, length: number, value: number): void {
		if (this.size * STRIDE >= this.#slots.length * this.#load) this.#grow();
		this.size++;
		if (length <= MAX_INLINE_BYTES) {
			this.#place(lowWord(source, at, length), highWord(source, at, length), length, value);
		} else this.#place(hashLong(source.view, at, length), at, length, value);
	}

	/** Replaces the bytes of the long keys with a longer copy. */
	moveKeys(keys: ByteSource): void {
		this.#keys = keys;
	}

	#isAbsent(hash: number): boolean {
		if (!this.#filter) return false;
		const bit = hash >>> this.#filterShift;
		return ((this.#filter[bit >>> 5] >>> (bit & 31)) & 1) === 0;
	}

	#place(first: number, second: number, length: number, value: number): void {
		const hash = hashOf(first, second, length);
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
			this.#place(old[slot], old[slot + 1], old[slot + 2], value);
		}
	}
}

/** Computes the hash of a key from its length and the first two numbers of its slot. */
export function hashOf(first: number, second: number, length: number): number {
	return length <= MAX_INLINE_BYTES ? hashWords(first, second) : first;
}

/** Number of slots, a power of two, such that `capacity` keys fill at most the fraction `load` of them. */
function slotsFor(capacity: number, load: number): number {
	let slots = 16;
	while (slots * load < capacity) slots *= 2;
	return slots;
}
