import { grow } from '../structures/arrays';
import { ByteSource, ByteTable } from '../structures/byte-table';
import type { Symbols } from './symbols';

/** Longer pre-tokens seldom occur twice. */
const MAX_KEY_BYTES = 192;
/** The cache is emptied when it reaches one of these limits. */
const MAX_PRETOKENS = 1 << 17;
const MAX_TOTAL_KEY_BYTES = 1 << 22;
const MAX_TOKEN_NUMBERS = 1 << 20;

/**
 * Tokens of earlier pre-tokens, even of those that are a single token: the table is much smaller than the
 * vocabulary's and stays in the processor's cache.
 *
 * The value of a pre-token is id + 1 if it is one token. Otherwise it is -(1 + index in `tokens`), where the
 * number of its tokens is followed by the id and the end of each (exclusive last byte in the pre-token).
 */
export class PretokenCache {
	tokens = new Int32Array(1 << 12);
	#tokensUsed = 0;
	#keys = new ByteSource(new Uint8Array(1 << 14));
	#keysUsed = 0;
	readonly #table = new ByteTable(this.#keys, 1 << 12);

	/** Value of a pre-token; 0 if it is not in the cache. */
	get(source: ByteSource, start: number, length: number): number {
		return length > MAX_KEY_BYTES ? 0 : this.#table.get(source, start, length);
	}

	/** Adds a pre-token that is not in the cache. */
	add(source: ByteSource, start: number, length: number, symbols: Symbols): void {
		if (length > MAX_KEY_BYTES) return;
		const { count, ids, ends } = symbols;
		if (
			this.#table.size >= MAX_PRETOKENS ||
			this.#keysUsed + length > MAX_TOTAL_KEY_BYTES ||
			this.#tokensUsed + 1 + 2 * count > MAX_TOKEN_NUMBERS
		) {
			this.clear();
		}
		let value: number;
		if (count === 1 && ends[0] === start + length) {
			value = ids[0] + 1;
		} else {
			value = -(1 + this.#tokensUsed);
			if (this.#tokensUsed + 1 + 2 * count > this.tokens.length) {
				this.tokens = grow(this.tokens, this.tokens.length * 2);
			}
			this.tokens[this.#tokensUsed++] = count;
			for (let i = 0; i < count; i++) {
				this.tokens[this.#tokensUsed++] = ids[i];
				this.tokens[this.#tokensUsed++] = ends[i] - start;
			}
		}
		if (length <= 8) {
			this.#table.add(source, start, length, value);
			return;
		}
		if (this.#keysUsed + length > this.#keys.bytes.length) {
			this.#keys = new ByteSource(grow(this.#keys.bytes, this.#keys.bytes.length * 2));
			this.#table.moveKeys(this.#keys);
		}
		const at = this.#keysUsed;
		for (let i = 0; i < length; i++) this.#keys.bytes[at + i] = source.bytes[start + i];
		this.#keysUsed += length;
		this.#table.add(this.#keys, at, length, value);
	}

	clear(): void {
		this.#table.clear();
		this.#tokensUsed = this.#keysUsed = 0;
	}
}
