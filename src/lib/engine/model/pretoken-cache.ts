import { ByteSource, ByteTable } from '../structures/byte-table';
import type { Symbols } from './symbols';

/** Longer pre-tokens are seldom seen twice. */
const MAX_KEY_BYTES = 192;
/** Reaching one of these limits empties the cache. */
const MAX_PRETOKENS = 1 << 17;
const MAX_TOTAL_KEY_BYTES = 1 << 22;
const MAX_TOKEN_NUMBERS = 1 << 20;

/**
 * Tokens of the pre-tokens seen before, including those that are one token of the vocabulary: a text has
 * so many fewer distinct pre-tokens than the vocabulary has tokens that their table stays in the
 * processor's cache.
 *
 * The value of a pre-token is its id + 1 if it is one token. If not, it is -(1 + index in `tokens`), where
 * the number of its tokens is followed by the id and the end (byte, in the pre-token) of each.
 */
export class PretokenCache {
	tokens = new Int32Array(1 << 12);
	#tokensUsed = 0;
	#keys = new ByteSource(new Uint8Array(1 << 14));
	#keysUsed = 0;
	readonly #table = new ByteTable(this.#keys, 1 << 12);

	/** The value of a pre-token, or 0 if it is not in the cache. */
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
			this.#reserveTokens(1 + 2 * count);
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
		this.#reserveKeys(length);
		const at = this.#keysUsed;
		for (let i = 0; i < length; i++) this.#keys.bytes[at + i] = source.bytes[start + i];
		this.#keysUsed += length;
		this.#table.add(this.#keys, at, length, value);
	}

	clear(): void {
		this.#table.clear();
		this.#tokensUsed = this.#keysUsed = 0;
	}

	#reserveTokens(more: number): void {
		if (this.#tokensUsed + more <= this.tokens.length) return;
		const grown = new Int32Array(this.tokens.length * 2);
		grown.set(this.tokens);
		this.tokens = grown;
	}

	#reserveKeys(more: number): void {
		if (this.#keysUsed + more <= this.#keys.bytes.length) return;
		const grown = new Uint8Array(this.#keys.bytes.length * 2);
		grown.set(this.#keys.bytes);
		this.#keys = new ByteSource(grown);
		this.#table.moveKeys(this.#keys);
	}
}
