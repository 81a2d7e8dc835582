import { grow } from '../structures/arrays';
import { ByteSource, ByteTable, MAX_INLINE_BYTES } from '../structures/byte-table';
import type { Symbols } from './symbols';

/** Longer pre-tokens rarely repeat, so they aren't cached. */
const MAX_KEY_BYTES = 192;
/**
 * Initial size of buffers. It is small so that the first growth of a buffer, at which V8 discards compiled code,
 * happens early. Doubling a buffer once makes room for any pre-token.
 */
const MIN_ROOM = 1 << 8;
/**
 * When the young generation of the cache reaches one of these limits, it becomes the old generation. Each generation
 * takes up to 20 MB of memory.
 */
const MAX_PRETOKENS = 1 << 18;
const MAX_TOTAL_KEY_BYTES = 1 << 22;
const MAX_TOKEN_WORDS = 1 << 21;
/** Number of bits for a token's length, enough for {@link MAX_KEY_BYTES}. */
const LENGTH_BITS = 8;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;
/** Larger ids don't fit in an integer that JavaScript engines store unboxed. */
const MAX_VOCABULARY_SIZE = 1 << (31 - LENGTH_BITS);

/** The token id in a word of {@link PretokenCache.words}. */
export const idIn = (word: number): number => word >> LENGTH_BITS;
/** The byte length of the token in a word of {@link PretokenCache.words}. */
export const lengthIn = (word: number): number => word & LENGTH_MASK;

/**
 * Caches the tokens of earlier pre-tokens. This includes pre-tokens that are a single token, because the table is much
 * smaller than that of the vocabulary and stays in the processor's cache.
 *
 * There are two generations. When the young generation is full, it replaces the old generation, and a new young
 * generation begins. A pre-token found in the old generation moves to the young one, so frequent pre-tokens stay
 * cached.
 *
 * The value of a pre-token that is a single token is its id + 1. Any other value is -(1 + index in `words`). The word
 * at that index is the number of tokens, followed by one word per token, with its id and byte length.
 */
export class PretokenCache {
	/** The words to which the values returned by `get` refer. Valid until the next call. */
	words = new Int32Array(MIN_ROOM);
	readonly #isUsed: boolean;
	#young = new Generation(this.words);
	#table = this.#young.table;
	#old: Generation | null = null;

	/** @param vocabularySize number of tokens. If there are too many, nothing is cached */
	constructor(vocabularySize: number) {
		this.#isUsed = vocabularySize <= MAX_VOCABULARY_SIZE;
	}

	/** Value of a pre-token; 0 if it is not in the cache. */
	get(source: ByteSource, start: number, length: number): number {
		if (length > MAX_KEY_BYTES) return 0;
		const value = this.#table.get(source, start, length);
		return value !== 0 || this.#old === null
			? value
			: this.#renew(this.#old, source, start, length);
	}

	/** Adds a pre-token that is not yet in the cache. */
	add(source: ByteSource, start: number, length: number, { count, ids, ends }: Symbols): void {
		if (length > MAX_KEY_BYTES || !this.#isUsed) return;
		if (count === 1 && ends[0] === start + length) {
			this.#roomFor(length, 0).addKey(source, start, length, ids[0] + 1);
			return;
		}
		const young = this.#roomFor(length, count);
		const at = young.addCount(count);
		for (let i = 0, from = start; i < count; from = ends[i++])
			young.words[at + 1 + i] = (ids[i] << LENGTH_BITS) | (ends[i] - from);
		young.addKey(source, start, length, -(1 + at));
		this.words = young.words;
	}

	/**
	 * Moves a pre-token from the old generation to the young one and returns its new value; 0 if it isn't in the old one.
	 */
	#renew(old: Generation, source: ByteSource, start: number, length: number): number {
		let value = old.table.get(source, start, length);
		if (value === 0) return 0;
		const count = value > 0 ? 0 : old.words[-1 - value];
		const young = this.#roomFor(length, count);
		if (value < 0) {
			const at = young.addCount(count);
			for (let i = 1; i <= count; i++) young.words[at + i] = old.words[i - 1 - value];
			value = -(1 + at);
			this.words = young.words;
		}
		young.addKey(source, start, length, value);
		return value;
	}

	/** Makes room for a pre-token in the young generation, and returns that generation. */
	#roomFor(length: number, tokens: number): Generation {
		const { table, keysUsed, wordsUsed } = this.#young;
		if (
			table.size >= MAX_PRETOKENS ||
			keysUsed + length > MAX_TOTAL_KEY_BYTES ||
			wordsUsed + 1 + tokens > MAX_TOKEN_WORDS
		) {
			this.#old = this.#young;
			this.#young = new Generation(new Int32Array(this.words.length));
			this.#table = this.#young.table;
			this.words = this.#young.words;
		}
		return this.#young;
	}
}

class Generation {
	wordsUsed = 0;
	#keys = new ByteSource(new Uint8Array(MIN_ROOM));
	keysUsed = 0;
	readonly table = new ByteTable(this.#keys, 1 << 4);

	constructor(public words: Int32Array<ArrayBuffer>) {}

	/** Appends the number of tokens, makes room for a word per token, and returns the index of the number. */
	addCount(count: number): number {
		const at = this.wordsUsed;
		this.wordsUsed += 1 + count;
		if (this.wordsUsed > this.words.length) this.words = grow(this.words, this.words.length * 2);
		this.words[at] = count;
		return at;
	}

	addKey(source: ByteSource, start: number, length: number, value: number): void {
		if (length <= MAX_INLINE_BYTES) {
			this.table.add(source, start, length, value);
			return;
		}
		const at = this.keysUsed;
		this.keysUsed += length;
		if (this.keysUsed > this.#keys.bytes.length) {
			this.#keys = new ByteSource(grow(this.#keys.bytes, this.#keys.bytes.length * 2));
			this.table.moveKeys(this.#keys);
		}
		const { bytes } = this.#keys;
		for (let i = 0; i < length; i++) bytes[at + i] = source.bytes[start + i];
		this.table.add(this.#keys, at, length, value);
	}
}
