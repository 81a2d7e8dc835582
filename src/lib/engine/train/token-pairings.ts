import { grow } from '../structures/arrays';
import type { PairTable } from './pair-table';

/**
 * The length of each token, and the pairs of tokens with the product of the current merge. Pairs are found without
 * hashing: each token stores the latest product next to it, on either side, and the pair of the two.
 */
export class TokenPairings {
	/** Length in bytes by token. `add` may replace it by a longer array. */
	lengths = new Int32Array(1 << 10);
	readonly #pairs: PairTable;
	#leftProducts = new Int32Array(1 << 10);
	#leftPairs = new Int32Array(1 << 10);
	#rightProducts = new Int32Array(1 << 10);
	#rightPairs = new Int32Array(1 << 10);

	constructor(pairs: PairTable) {
		this.#pairs = pairs;
	}

	add(token: number, length: number): void {
		if (token >= this.lengths.length) {
			const capacity = token * 2;
			this.lengths = grow(this.lengths, capacity);
			this.#leftProducts = grow(this.#leftProducts, capacity);
			this.#leftPairs = grow(this.#leftPairs, capacity);
			this.#rightProducts = grow(this.#rightProducts, capacity);
			this.#rightPairs = grow(this.#rightPairs, capacity);
		}
		this.lengths[token] = length;
	}

	/** Pair of a token and the product (not id 0) to its right. There must be room for a new pair. */
	pairBefore(token: number, product: number): number {
		if (this.#leftProducts[token] !== product) {
			this.#leftProducts[token] = product;
			this.#leftPairs[token] = this.#pairs.add(token, product);
		}
		return this.#leftPairs[token];
	}

	/** Pair of the product (not id 0) and a token to its right. There must be room for a new pair. */
	pairAfter(product: number, token: number): number {
		if (this.#rightProducts[token] !== product) {
			this.#rightProducts[token] = product;
			this.#rightPairs[token] = this.#pairs.add(product, token);
		}
		return this.#rightPairs[token];
	}
}
