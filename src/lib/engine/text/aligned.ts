/**
 * Text on its way through the pipeline: UTF-8, and for each byte the range of bytes of the original
 * text that it stands for (what Hugging Face calls a `NormalizedString`).
 *
 * Where this differs from `NormalizedString`: a composed character stands for all the characters it
 * was made of, not only the first; a replacement stands for the whole match, not its last
 * character; an inserted character stands for an empty range, not for its neighbour. So removed
 * text is the only text that no byte stands for.
 */
export interface AlignedText {
	readonly bytes: Uint8Array;
	/** The range of `bytes` in use. */
	readonly start: number;
	readonly end: number;
	/** Null where byte `i` is byte `i` of the original. */
	readonly origin: Origin | null;
}

/** By byte of an {@link AlignedText}: first and exclusive last byte in the original. Neither ever decreases. */
export interface Origin {
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
}

/** A part of a text, sharing its bytes. */
export function slice(text: AlignedText, start: number, end: number): AlignedText {
	return { bytes: text.bytes, start, end, origin: text.origin };
}

/** Byte of the original at which the character at byte `at` begins. */
export function originStart(text: AlignedText, at: number): number {
	const { origin } = text;
	if (origin === null) return at;
	if (at < text.end) return origin.starts[at];
	return at > 0 ? origin.ends[at - 1] : 0;
}

/** Writes a changed copy of a text, in order from its start to its end. */
export class AlignedBuilder {
	readonly #source: AlignedText;
	#bytes: Uint8Array;
	#starts: Uint32Array;
	#ends: Uint32Array;
	#length = 0;

	constructor(source: AlignedText, capacity = source.end - source.start + 64) {
		this.#source = source;
		this.#bytes = new Uint8Array(capacity);
		this.#starts = new Uint32Array(capacity);
		this.#ends = new Uint32Array(capacity);
	}

	/** Bytes written so far: where the next one will be in the finished text. */
	get length(): number {
		return this.#length;
	}

	/** Bytes [from, to) of the source as they are. */
	copy(from: number, to: number): void {
		if (from >= to) return;
		this.#reserve(to - from);
		const { bytes, origin } = this.#source;
		const at = this.#length;
		this.#bytes.set(bytes.subarray(from, to), at);
		if (origin === null) {
			for (let i = from, j = at; i < to; i++, j++) {
				this.#starts[j] = i;
				this.#ends[j] = i + 1;
			}
		} else {
			this.#starts.set(origin.starts.subarray(from, to), at);
			this.#ends.set(origin.ends.subarray(from, to), at);
		}
		this.#length = at + to - from;
	}

	/** `content` in place of bytes [from, to) of the source; an insertion where `from` equals `to`. */
	replace(content: Uint8Array, from: number, to: number): void {
		const count = content.length;
		this.#reserve(count);
		const { origin } = this.#source;
		const start = originStart(this.#source, from);
		// An insertion between two parts of one character belongs to it, else to nothing.
		const before = origin === null ? to : to > this.#source.start ? origin.ends[to - 1] : start;
		const end = Math.max(start, before);
		const at = this.#length;
		for (let i = 0; i < count; i++) {
			this.#bytes[at + i] = content[i];
			this.#starts[at + i] = start;
			this.#ends[at + i] = end;
		}
		this.#length = at + count;
	}

	finish(): AlignedText {
		const origin = { starts: this.#starts, ends: this.#ends };
		return { bytes: this.#bytes, start: 0, end: this.#length, origin };
	}

	#reserve(more: number): void {
		const needed = this.#length + more;
		if (needed <= this.#bytes.length) return;
		const capacity = Math.max(needed, this.#bytes.length * 2);
		this.#bytes = grown(this.#bytes, new Uint8Array(capacity));
		this.#starts = grown(this.#starts, new Uint32Array(capacity));
		this.#ends = grown(this.#ends, new Uint32Array(capacity));
	}
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
	to.set(from);
	return to;
}
