import { grown, type PairTable } from './pair-table';

/**
 * The length of each token, and the pairs that tokens make with the token being made. Pairs are found
 * without hashing: each token remembers the last new token that was next to it, on either side, and the
 * pair of the two.
 */
export class TokenPairings {
	/** Length in bytes by token. `add` may replace it by a longer array. */
	lengths = new Int32Array(1 << 10);
	readonly #pairs: PairTable;
	#leftStamps = new Int32Array(1 << 10);
	#leftPairs = new Int32Array(1 << 10);
	#rightStamps = new Int32Array(1 << 10);
	#rightPairs = new Int32Array(1 << 10);

	constructor(pairs: PairTable) {
		this.#pairs = pairs;
	}

	add(token: number, length: number): void {
		if (token >= this.lengths.length) {
			const capacity = token * 2;
			this.lengths = grown(this.lengths, new Int32Array(capacity));
			this.#leftStamps = grown(this.#leftStamps, new Int32Array(capacity));
			this.#leftPairs = grown(this.#leftPairs, new Int32Array(capacity));
			this.#rightStamps = grown(this.#rightStamps, new Int32Array(capacity));
			this.#rightPairs = grown(this.#rightPairs, new Int32Array(capacity));
		}
		this.lengths[token] = length;
	}

	/** Pair of a token and the new one to its right, which is not id 0. There must be room for a new pair. */
	pairBefore(token: number, product: number): number {
		if (this.#leftStamps[token] !== product) {
			this.#leftStamps[token] = product;
			this.#leftPairs[token] = this.#pairs.add(token, product);
		}
		return this.#leftPairs[token];
	}

	/** Pair of the new token and one to its right, with the same conditions. */
	pairAfter(product: number, token: number): number {
		if (this.#rightStamps[token] !== product) {
			this.#rightStamps[token] = product;
			this.#rightPairs[token] = this.#pairs.add(product, token);
		}
		return this.#rightPairs[token];
	}
}
