import { ByteSource, ByteTable } from '../structures/byte-table';
import type { Symbols } from './symbols';

/** Longer pieces are seldom seen twice. */
const LONGEST_KEY = 192;
/** Bounds of what is kept; reaching one of them empties the cache. */
const MOST_PIECES = 1 << 17;
const MOST_KEY_BYTES = 1 << 22;
const MOST_TOKENS = 1 << 20;

/**
 * The tokens of pieces seen before, tokens of the vocabulary among them: the pieces of a text are so
 * much fewer than the vocabulary that the table of them stays in the processor's cache.
 *
 * The value of a piece is its id + 1 when it is one token, otherwise -(1 + place in `tokens`), where
 * the number of tokens is, then each one's id and its end (byte, from the start of the piece).
 */
export class PieceCache {
	tokens = new Int32Array(1 << 12);
	#tokensUsed = 0;
	#keys = new ByteSource(new Uint8Array(1 << 14));
	#keysUsed = 0;
	readonly #table = new ByteTable(this.#keys, 1 << 12);

	/** The value of a piece, or 0 when it is not in the cache. */
	get(source: ByteSource, start: number, length: number): number {
		return length > LONGEST_KEY ? 0 : this.#table.get(source, start, length);
	}

	/** Adds a piece that is not in the cache. */
	add(source: ByteSource, start: number, length: number, symbols: Symbols): void {
		if (length > LONGEST_KEY) return;
		const { count, ids, ends } = symbols;
		if (
			this.#table.size >= MOST_PIECES ||
			this.#keysUsed + length > MOST_KEY_BYTES ||
			this.#tokensUsed + 1 + 2 * count > MOST_TOKENS
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
