import type { Vocabulary } from '../engine';

/** Writes tokens back to back without an array a token: a vocabulary has hundreds of thousands. */
export class TokenWriter {
	#bytes: Uint8Array;
	#length = 0;
	readonly #ends: Uint32Array;
	#tokens = 0;

	/** @param tokens how many there will be; @param bytes how long they will be about */
	constructor(tokens: number, bytes: number) {
		this.#ends = new Uint32Array(tokens);
		this.#bytes = new Uint8Array(bytes);
	}

	/** Adds bytes [start, end) to the token being written. */
	add(source: Uint8Array, start: number, end: number): void {
		const length = this.#length + end - start;
		if (length > this.#bytes.length) {
			const longer = new Uint8Array(2 * length);
			longer.set(this.#bytes.subarray(0, this.#length));
			this.#bytes = longer;
		}
		// A loop: most tokens are shorter than a call is long.
		for (let at = start, to = this.#length; at < end;) this.#bytes[to++] = source[at++];
		this.#length = length;
	}

	/** Ends the token being written; one without bytes is none. */
	end(): void {
		this.#ends[this.#tokens++] = this.#length;
	}

	finish(): Vocabulary {
		return { bytes: this.#bytes.slice(0, this.#length), ends: this.#ends };
	}
}
