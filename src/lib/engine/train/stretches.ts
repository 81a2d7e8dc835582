import { flagsAt, LETTER } from '../pretokenize/scanners/chars';
import { previousStart, sequenceLength } from '../text/utf8';

const NEWLINE = 0x0a;
const CAPACITY = 1 << 18;

/** The last place (byte) in `bytes[0, end)` where a text may be cut so that nothing looks across; 0 for none. */
export type FindCut = (bytes: Uint8Array, end: number) => number;

/** After a newline. */
export const afterNewline: FindCut = (bytes, end) => bytes.lastIndexOf(NEWLINE, end - 1) + 1;

/** After a newline between two letters: see `cutsBetweenLines`. */
export const betweenLetters: FindCut = (bytes, end) => {
	for (let at = end - 1; (at = bytes.lastIndexOf(NEWLINE, at)) > 0; at--) {
		const after = at + 1;
		if (after >= end || after + sequenceLength(bytes[after]) > end) continue;
		if (flagsAt(bytes, after) & LETTER && flagsAt(bytes, previousStart(bytes, at)) & LETTER) {
			return after;
		}
	}
	return 0;
};

/** Nowhere. */
export const nowhere: FindCut = () => 0;

/**
 * Gathers a text that arrives in chunks into stretches that can be cut into pre-tokens one by one. Keeps
 * a buffer, so that it costs the same whatever the chunks; it grows only where the text has no cut.
 */
export class Stretches {
	#bytes: Uint8Array;
	#length = 0;

	/**
	 * @param take is given stretches in order; the bytes are valid during the call
	 * @param limit longest stretch in bytes
	 */
	constructor(
		readonly take: (bytes: Uint8Array, end: number) => void,
		readonly findCut: FindCut,
		readonly limit: number,
		capacity = CAPACITY
	) {
		this.#bytes = new Uint8Array(capacity);
	}

	/** @throws RangeError when a stretch is longer than the limit. */
	add(chunk: Uint8Array): void {
		for (let from = 0; from < chunk.length;) {
			if (this.#length === this.#bytes.length) this.#makeRoom();
			const part = chunk.subarray(from, from + this.#bytes.length - this.#length);
			this.#bytes.set(part, this.#length);
			this.#length += part.length;
			from += part.length;
		}
	}

	/** The text is over: gives the rest of it. */
	end(): void {
		if (this.#length > 0) this.take(this.#bytes, this.#length);
		this.#length = 0;
	}

	#makeRoom(): void {
		const cut = this.findCut(this.#bytes, this.#length);
		if (cut > 0) {
			this.take(this.#bytes, cut);
			this.#bytes.copyWithin(0, cut, this.#length);
			this.#length -= cut;
			return;
		}
		if (this.#length >= this.limit) {
			throw new RangeError(`more than ${this.limit.toLocaleString('en')} bytes without a cut`);
		}
		const grown = new Uint8Array(Math.min(this.#length * 2, this.limit));
		grown.set(this.#bytes);
		this.#bytes = grown;
	}
}
