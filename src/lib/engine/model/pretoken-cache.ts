import { grow } from '../structures/arrays';
import { ByteSource, ByteTable, MAX_INLINE_BYTES } from '../structures/byte-table';
import type { Symbols } from './symbols';

/** Longer pre-tokens rarely repeat, so they aren't cached. */
const MAX_KEY_BYTES = 192;
/**
 * Initial size of buffers. Doubling it once makes room for any pre-token. The size is small so that buffers first grow
 * early, because V8 discards compiled code when a buffer grows for the first time.
 */
const MIN_ROOM = 1 << 8;
/** When the young generation reaches one of these limits, it becomes the old one. A generation takes up to 20 MB. */
const MAX_PRETOKENS = 1 << 18;
const MAX_TOTAL_KEY_BYTES = 1 << 22;
const MAX_TOKEN_WORDS = 1 << 21;
/** Number of bits for a token's length in its word, enough for {@link MAX_KEY_BYTES}. */
const LENGTH_BITS = 8;
const LENGTH_MASK = (1 << LENGTH_BITS) - 1;
/** Ids of a larger vocabulary don't fit in a word that JavaScript engines store unboxed. */
const MAX_VOCABULARY_SIZE = 1 << (31 - LENGTH_BITS);

/** Token id in a word of {@link PretokenCache.words}. */
export const idIn = (word: number): number => word >> LENGTH_BITS;
/** Length in bytes of the token in a word of {@link PretokenCache.words}. */
export const lengthIn = (word: number): number => word & LENGTH_MASK;

/**
 * Caches the tokens of earlier pre-tokens, even of those that are a single token: the table is much smaller than the
 * vocabulary's and stays in the processor's cache.
 *
 * There are two generations. When the young one is full, it replaces the old one. A pre-token found in the old
 * generation moves to the young one, so pre-tokens that keep recurring stay cached no matter what is encoded in
 * between.
 *
 * The value of a pre-token that is one token is id + 1. Any other value is -(1 + index in `words`). The word at that
 * index is the number of tokens; one word per token follows, with its id and its length in bytes.
 */
export class PretokenCache {
	/** Words that the values returned by `get` refer to. Valid until the next call. */
	words = new Int32Array(MIN_ROOM);
	readonly #isUsed: boolean;
	#young = new Generation(this.words);
	#table = this.#young.table;
	#old: Generation | null = null;

	/** @param vocabularySize number of tokens; with a very large vocabulary, nothing is cached */
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

	/** Adds a pre-token that is not in the cache. */
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
	 * Moves a pre-token from the old generation to the young one. Returns the value in the young generation; 0 if the
	 * pre-token isn't in the old one.
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

	/** Returns the young generation after making room for one more pre-token. */
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

	/**
	 * Writes the number of tokens and makes room for one word per token after it. Returns the index where the number of
	 * tokens was written.
	 */
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
