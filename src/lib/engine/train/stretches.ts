import { flagsAt, LETTER } from '../pretokenize/scanners/chars';
import { firstInvalidUtf8, previousStart, sequenceLength } from '../text/utf8';

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

export interface StretchOptions {
	/** Longest stretch in bytes. */
	readonly limit: number;
	/** Bytes of the buffer at first. */
	readonly capacity?: number;
	/** Where the first text begins in its file, for errors. */
	readonly byteStart?: number;
}

/**
 * Gathers a text that arrives in chunks, cut anywhere, into stretches of UTF-8 that can be cut into
 * pre-tokens one by one. Keeps a buffer, so that it costs the same whatever the chunks; it grows only
 * where the text has no cut.
 */
export class Utf8Chunker {
	#bytes: Uint8Array;
	#length = 0;
	/** Where in the text the buffer begins. */
	#start: number;

	/** @param take is given stretches in order: bytes up to `end`, valid during the call */
	constructor(
		readonly take: (bytes: Uint8Array, end: number) => void,
		readonly findCut: FindCut,
		readonly options: StretchOptions
	) {
		this.#bytes = new Uint8Array(Math.min(options.capacity ?? CAPACITY, options.limit));
		this.#start = options.byteStart ?? 0;
	}

	/** Bytes that are gathered and not given yet. */
	get length(): number {
		return this.#length;
	}

	/**
	 * @throws Error with the byte offset in the text where it stops being UTF-8
	 * @throws Error when the text has no cut for longer than the limit
	 */
	add(chunk: Uint8Array): void {
		for (let from = 0; from < chunk.length;) {
			if (this.#length === this.#bytes.length) this.#makeRoom();
			const part = chunk.subarray(from, from + this.#bytes.length - this.#length);
			this.#bytes.set(part, this.#length);
			this.#length += part.length;
			from += part.length;
		}
	}

	/** The text is over: gives the rest of it. @throws Error as `add`. */
	end(): void {
		if (this.#length > 0) this.#give(this.#length);
		this.#length = 0;
		this.#start = 0;
	}

	#give(end: number): void {
		const invalid = firstInvalidUtf8(this.#bytes.subarray(0, end));
		if (invalid >= 0) throw notUtf8(this.#start + invalid, this.#bytes[invalid]);
		this.take(this.#bytes, end);
		this.#start += end;
	}

	#makeRoom(): void {
		const cut = this.findCut(this.#bytes, this.#length);
		if (cut > 0) {
			this.#give(cut);
			this.#bytes.copyWithin(0, cut, this.#length);
			this.#length -= cut;
			return;
		}
		const { limit } = this.options;
		if (this.#length >= limit) throw tooLong(limit, this.#start);
		const grown = new Uint8Array(Math.min(this.#length * 2, limit));
		grown.set(this.#bytes);
		this.#bytes = grown;
	}
}

function tooLong(limit: number, start: number): Error {
	return new Error(
		`no place to cut the text from byte ${start} on: expected one within ${limit} bytes, ` +
			'so break its lines, or train on lines instead of whole texts'
	);
}

function notUtf8(offset: number, byte: number): Error {
	const hex = byte.toString(16).toUpperCase().padStart(2, '0');
	return new Error(
		`not UTF-8 at byte ${offset} (0x${hex}): expected text, so convert it to UTF-8 first`
	);
}
