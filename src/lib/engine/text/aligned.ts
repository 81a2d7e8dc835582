/**
 * Text on its way through the pipeline: UTF-8, and for each byte the range of bytes of the original text that
 * it stands for (Hugging Face's `NormalizedString`).
 *
 * Differences from `NormalizedString`: a composed character stands for all the characters it was made of, not
 * only the first; a replacement stands for the whole match, not its last character; an inserted character
 * stands for an empty range, not for its neighbour. So only removed text has no byte that stands for it.
 */
export interface AlignedText {
	readonly bytes: Uint8Array;
	/** The range of `bytes` in use. */
	readonly start: number;
	readonly end: number;
	/** `null` if byte `i` is byte `i` of the original. */
	readonly origin: Origin | null;
}

/** By byte of an {@link AlignedText}: first and exclusive last byte in the original. Neither ever decreases. */
export interface Origin {
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
}

/** Section of a text, sharing its bytes. */
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

/** Larger buffers are released when a text needs far less. */
const MAX_KEPT_BYTES = 1 << 20;

/**
 * Writes a changed copy of a text, in order from start to end. One builder serves many texts, because texts
 * come in many short sections: a finished text is valid until the next one begins.
 */
export class AlignedBuilder {
	#source: AlignedText = { bytes: new Uint8Array(0), start: 0, end: 0, origin: null };
	#bytes = new Uint8Array(0);
	#starts = new Uint32Array(0);
	#ends = new Uint32Array(0);
	#length = 0;

	/** Starts on a copy of `source`, expected to be `capacity` bytes long. */
	begin(source: AlignedText, capacity = source.end - source.start + 64): this {
		this.#source = source;
		this.#length = 0;
		const held = this.#bytes.length;
		if (held < capacity || (held > MAX_KEPT_BYTES && capacity < held >> 3)) {
			this.#bytes = new Uint8Array(capacity);
			this.#starts = new Uint32Array(capacity);
			this.#ends = new Uint32Array(capacity);
		}
		return this;
	}

	/** Bytes written so far, which is the position of the next one in the finished text. */
	get length(): number {
		return this.#length;
	}

	/** Copies bytes [from, to) of the source. */
	copy(from: number, to: number): void {
		if (from >= to) return;
		this.#reserve(to - from);
		const { bytes, origin } = this.#source;
		const at = this.#length;
		if (origin === null) {
			const target = this.#bytes;
			const starts = this.#starts;
			const ends = this.#ends;
			for (let i = from, j = at; i < to; i++, j++) {
				target[j] = bytes[i];
				starts[j] = i;
				ends[j] = i + 1;
			}
		} else {
			this.#bytes.set(bytes.subarray(from, to), at);
			this.#starts.set(origin.starts.subarray(from, to), at);
			this.#ends.set(origin.ends.subarray(from, to), at);
		}
		this.#length = at + to - from;
	}

	/** Writes `content` in place of bytes [from, to) of the source; inserts it if `from` equals `to`. */
	replace(content: Uint8Array, from: number, to: number): void {
		const count = content.length;
		this.#reserve(count);
		const { origin } = this.#source;
		const start = originStart(this.#source, from);
		// An insertion within a character belongs to it, any other to nothing.
		const before = origin === null ? to : to > 0 ? origin.ends[to - 1] : start;
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
