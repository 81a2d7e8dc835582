import { flagsAt, LETTER, SPACE } from '../pretokenize/scanners/chars';
import { grow } from '../structures/arrays';
import { describeInvalidUtf8, firstInvalidUtf8, previousStart, sequenceLength } from '../text/utf8';

const NEWLINE = 0x0a;
const SPACE_BYTE = 0x20;
const ADVICE = 'add line breaks, or split each line on its own instead of whole texts';
const DEFAULT_CAPACITY_BYTES = 1 << 18;

/**
 * Finds the last boundary in `bytes[0, end)` where a text can be split without changing its pre-tokens; 0 if there is
 * none.
 */
export type FindBoundary = (bytes: Uint8Array, end: number) => number;

export const afterNewline: FindBoundary = (bytes, end) => bytes.lastIndexOf(NEWLINE, end - 1) + 1;

/**
 * Calls `boundaryAt` for each space and newline, starting with the last, and splits at the first non-zero result.
 */
export const lastBoundary =
	(boundaryAt: (bytes: Uint8Array, at: number, end: number) => number): FindBoundary =>
	(bytes, end) => {
		for (let at = end - 1; at > 0; at--) {
			if (bytes[at] !== SPACE_BYTE && bytes[at] !== NEWLINE) continue;
			const boundary = boundaryAt(bytes, at, end);
			if (boundary > 0) return boundary;
		}
		return 0;
	};

/** Class flags of the character that begins at a byte; 0 if the character is incomplete. */
export const nextFlags = (bytes: Uint8Array, at: number, end: number): number =>
	at < end && at + sequenceLength(bytes[at]) <= end ? flagsAt(bytes, at) : 0;
/** Class flags of the character that ends at a byte. */
export const previousFlags = (bytes: Uint8Array, at: number): number =>
	flagsAt(bytes, previousStart(bytes, at));

/**
 * Splits before a space that follows a non-space character, or after a newline between a non-space character and a
 * letter. With every pattern that `splitsBetweenWords` accepts, a pre-token ends at such a boundary, regardless of
 * the surrounding text.
 */
export const betweenWords = lastBoundary((bytes, at, end) => {
	if (previousFlags(bytes, at) & SPACE) return 0;
	if (bytes[at] === SPACE_BYTE) return at;
	return nextFlags(bytes, at + 1, end) & LETTER ? at + 1 : 0;
});

/** Splits after the last newline, or between words if there is no newline. */
export const afterNewlineOrWord: FindBoundary = (bytes, end) =>
	afterNewline(bytes, end) || betweenWords(bytes, end);

export const neverSplit: FindBoundary = () => 0;

export interface ChunkerOptions {
	/** Maximum length of a section in bytes. */
	readonly limit: number;
	/** Initial buffer size in bytes. */
	readonly capacity?: number;
	/** Byte offset of the first text in its file, for error messages. */
	readonly byteStart?: number;
	/** Advice at the end of the error message for text that contains no boundary at which it can be split. */
	readonly advice?: string;
}

/**
 * Divides text that arrives in arbitrary chunks into UTF-8 sections that can be split into pre-tokens independently of
 * each other. The buffer grows only if no boundary is found.
 */
export class Utf8Chunker {
	#bytes: Uint8Array;
	#length = 0;
	/** Byte offset in the text at which the buffer begins. */
	#start: number;

	/** @param onSection called for each section in order: `bytes[0, end)`, valid only during the call */
	constructor(
		readonly onSection: (bytes: Uint8Array, end: number) => void,
		readonly findBoundary: FindBoundary,
		readonly options: ChunkerOptions
	) {
		this.#bytes = new Uint8Array(
			Math.min(options.capacity ?? DEFAULT_CAPACITY_BYTES, options.limit)
		);
		this.#start = options.byteStart ?? 0;
	}

	/** @throws Error for invalid UTF-8, or if there is no boundary within the limit */
	add(chunk: Uint8Array): void {
		for (let from = 0; from < chunk.length;) {
			if (this.#length === this.#bytes.length) this.#makeRoom();
			const part = chunk.subarray(from, from + this.#bytes.length - this.#length);
			this.#bytes.set(part, this.#length);
			this.#length += part.length;
			from += part.length;
		}
	}

	/** Ends the text and passes its last section to `onSection`. @throws Error for invalid UTF-8 */
	end(): void {
		if (this.#length > 0) this.#emit(this.#length);
		this.#length = 0;
		this.#start = 0;
	}

	#emit(end: number): void {
		const invalid = firstInvalidUtf8(this.#bytes.subarray(0, end));
		if (invalid >= 0) throw notUtf8(this.#start + invalid, this.#bytes[invalid]);
		this.onSection(this.#bytes, end);
		this.#start += end;
	}

	#makeRoom(): void {
		const boundary = this.findBoundary(this.#bytes, this.#length);
		if (boundary > 0) {
			this.#emit(boundary);
			this.#bytes.copyWithin(0, boundary, this.#length);
			this.#length -= boundary;
			return;
		}
		const { limit, advice = ADVICE } = this.options;
		if (this.#length >= limit) throw tooLong(limit, this.#start, advice);
		this.#bytes = grow(this.#bytes, Math.min(this.#length * 2, limit));
	}
}

function tooLong(limit: number, start: number, advice: string): Error {
	return new Error(
		`no boundary in the text from byte ${start} on, expected one within ${limit} bytes; ${advice}`
	);
}

function notUtf8(offset: number, byte: number): Error {
	return new Error(describeInvalidUtf8(offset, byte));
}
