import { flagsAt, LETTER } from '../pretokenize/scanners/chars';
import { firstInvalidUtf8, previousStart, sequenceLength } from '../text/utf8';

const NEWLINE = 0x0a;
const DEFAULT_CAPACITY_BYTES = 1 << 18;

/** Finds the last byte in `bytes[0, end)` before which a text may be split without changing its pre-tokens; 0 if there is none. */
export type FindBoundary = (bytes: Uint8Array, end: number) => number;

/** Allows a boundary after any newline. */
export const afterNewline: FindBoundary = (bytes, end) => bytes.lastIndexOf(NEWLINE, end - 1) + 1;

/** Allows a boundary after a newline between two letters: see `splitsBetweenLines`. */
export const betweenLetters: FindBoundary = (bytes, end) => {
	for (let at = end - 1; (at = bytes.lastIndexOf(NEWLINE, at)) > 0; at--) {
		const after = at + 1;
		if (after >= end || after + sequenceLength(bytes[after]) > end) continue;
		if (flagsAt(bytes, after) & LETTER && flagsAt(bytes, previousStart(bytes, at)) & LETTER) {
			return after;
		}
	}
	return 0;
};

/** Allows no boundary. */
export const nowhere: FindBoundary = () => 0;

export interface ChunkerOptions {
	/** Longest section in bytes. */
	readonly limit: number;
	/** Initial bytes of the buffer. */
	readonly capacity?: number;
	/** Byte of its file where the first text begins, for errors. */
	readonly byteStart?: number;
}

/**
 * Gathers a text that arrives in arbitrary chunks into sections of UTF-8 that can be split into pre-tokens
 * one by one. Buffers, so that the size of the chunks does not matter; the buffer grows only if the text
 * has no boundary.
 */
export class Utf8Chunker {
	#bytes: Uint8Array;
	#length = 0;
	/** Byte of the text where the buffer begins. */
	#start: number;

	/** @param take called with each section in order: bytes up to `end`, valid during the call */
	constructor(
		readonly take: (bytes: Uint8Array, end: number) => void,
		readonly findBoundary: FindBoundary,
		readonly options: ChunkerOptions
	) {
		this.#bytes = new Uint8Array(
			Math.min(options.capacity ?? DEFAULT_CAPACITY_BYTES, options.limit)
		);
		this.#start = options.byteStart ?? 0;
	}

	/** Number of bytes that are gathered and not handed on yet. */
	get length(): number {
		return this.#length;
	}

	/**
	 * @throws Error with the byte offset in the text where it stops being UTF-8, or if the text has no
	 * boundary for longer than the limit
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

	/** Ends the text and hands on the rest of it. @throws Error as `add` */
	end(): void {
		if (this.#length > 0) this.#handOn(this.#length);
		this.#length = 0;
		this.#start = 0;
	}

	#handOn(end: number): void {
		const invalid = firstInvalidUtf8(this.#bytes.subarray(0, end));
		if (invalid >= 0) throw notUtf8(this.#start + invalid, this.#bytes[invalid]);
		this.take(this.#bytes, end);
		this.#start += end;
	}

	#makeRoom(): void {
		const boundary = this.findBoundary(this.#bytes, this.#length);
		if (boundary > 0) {
			this.#handOn(boundary);
			this.#bytes.copyWithin(0, boundary, this.#length);
			this.#length -= boundary;
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
