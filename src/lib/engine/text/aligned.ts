import { grow } from '../structures/arrays';
import { sequenceLength } from './utf8';

/**
 * UTF-8 of a text as the pipeline rewrites it, with the range of the original text that each byte comes from (Hugging
 * Face's `NormalizedString`).
 *
 * The alignment differs from `NormalizedString` in three ways: a composed character comes from all the characters it
 * combines (not only the first), a replacement comes from the whole match (not its last character), and an inserted
 * character comes from an empty range (not its neighbour). As a result, every byte of the original that isn't removed
 * is the origin of at least one byte of the rewritten text.
 */
export interface AlignedText {
	readonly bytes: Uint8Array;
	/** Start and end (exclusive) of the text within `bytes`. */
	readonly start: number;
	readonly end: number;
	/** `null` if every byte `i` comes from byte `i` of the original text. */
	readonly origin: Origin | null;
	/**
	 * End (exclusive) of the bytes that Hugging Face's library aligns with byte 0 of the original; absent if `origin`
	 * is `null`.
	 */
	readonly leading?: number;
	/** Whether the section starts where the original text starts, even if its first characters were removed. */
	readonly isFirst?: boolean;
}

export const NO_TEXT: AlignedText = { bytes: new Uint8Array(0), start: 0, end: 0, origin: null };

/**
 * For each byte of an {@link AlignedText}, the range of the original text that the byte comes from. Values never
 * decrease.
 */
export interface Origin {
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
}

/** Returns a section of a text without copying its bytes. */
export function slice(text: AlignedText, start: number, end: number): AlignedText {
	return { bytes: text.bytes, start, end, origin: text.origin, leading: text.leading };
}

/** Whether a section starts where the original text starts. */
export const beginsText = ({ origin, start, isFirst }: AlignedText): boolean =>
	isFirst ?? (origin === null && start === 0);

/** Whether Hugging Face's library aligns byte `at` with the first character of the original text. */
export const isLeading = (text: AlignedText, at: number): boolean => at < leadingEnd(text);

function leadingEnd({ bytes, origin, leading = 0 }: AlignedText): number {
	if (origin !== null) return leading;
	return bytes.length > 0 ? sequenceLength(bytes[0]) : 0;
}

/** First byte of the original text that byte `at` of the rewritten text comes from. */
export function originStart(text: AlignedText, at: number): number {
	const { origin } = text;
	if (origin === null) return at;
	if (at < text.end) return origin.starts[at];
	return at > 0 ? origin.ends[at - 1] : 0;
}

/**
 * End byte (exclusive) of the range of the original text that byte `to - 1` comes from; `to` must be after the start of
 * the rewritten text.
 */
export const originEnd = ({ origin }: AlignedText, to: number): number =>
	origin === null ? to : origin.ends[to - 1];

/** Buffers longer than this are released when a text needs much smaller ones. */
const MAX_REUSED_BYTES = 1 << 20;

/**
 * Limits on growth: the pipeline can lengthen a text by at most this factor plus this many bytes. Normalization forms
 * expand a character by a factor of at most 12, and prefixes add a few bytes. The limit guards against tokenizer files
 * that double every letter many times.
 */
const MAX_GROWTH_FACTOR = 64;
const MAX_GROWTH_BYTES = 1 << 12;

/**
 * Builds a modified copy of a text from start to end, copying the text between replacements. The buffers are reused,
 * so a finished text is valid only until `begin` is called again.
 */
export class AlignedBuilder {
	#source = NO_TEXT;
	#bytes = new Uint8Array(0);
	#starts = new Uint32Array(0);
	#ends = new Uint32Array(0);
	#length = 0;
	/** First byte of the source that hasn't been copied or replaced yet. */
	#next = 0;
	#isChanged = false;
	/** {@link AlignedText.leading} for the source and for the copy. */
	#sourceLeading = 0;
	#leading = 0;
	/** Length, in bytes, of the part of the original text that `#source` comes from. */
	#originalLength = 0;
	#maxLength = 0;
	/** Expected length of the copy in bytes. */
	#capacity = 0;

	/** Starts a copy of `source` with an expected length of `capacity` bytes. */
	begin(source: AlignedText, capacity = source.end - source.start + 64): void {
		this.#source = source;
		this.#length = this.#leading = 0;
		this.#isChanged = false;
		this.#sourceLeading = leadingEnd(source);
		const { start, end, origin } = source;
		this.#next = start;
		this.#originalLength =
			origin === null || start === end ? end - start : origin.ends[end - 1] - origin.starts[start];
		this.#maxLength = this.#originalLength * MAX_GROWTH_FACTOR + MAX_GROWTH_BYTES;
		this.#capacity = Math.min(capacity, this.#maxLength);
		const { length } = this.#bytes;
		if (length > MAX_REUSED_BYTES && this.#capacity < length >> 3) this.#resize(0);
	}

	/** Number of bytes written so far. */
	get length(): number {
		return this.#length;
	}

	get isChanged(): boolean {
		return this.#isChanged;
	}

	skipTo(at: number): void {
		this.#next = at;
	}

	copyTo(to: number): void {
		const from = this.#next;
		if (from >= to) return;
		this.#next = to;
		this.#reserve(to - from);
		const { bytes, origin } = this.#source;
		const at = this.#length;
		if (from < this.#sourceLeading) this.#leading = at + Math.min(to, this.#sourceLeading) - from;
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

	/**
	 * Copies the source up to `from`, then replaces bytes [from, to) with `content`. The range can be empty.
	 * @param referenceOrigin byte of the source that Hugging Face's library aligns the content with
	 */
	replace(content: Uint8Array, from: number, to: number, referenceOrigin = from): void {
		this.copyTo(from);
		this.#next = to;
		this.#isChanged = true;
		const count = content.length;
		this.#reserve(count);
		const { origin } = this.#source;
		const start = originStart(this.#source, from);
		// Text inserted within a character comes from that character; text inserted elsewhere comes from an empty
		// range.
		const before = origin === null ? to : to > 0 ? origin.ends[to - 1] : start;
		const end = Math.max(start, before);
		const at = this.#length;
		for (let i = 0; i < count; i++) {
			this.#bytes[at + i] = content[i];
			this.#starts[at + i] = start;
			this.#ends[at + i] = end;
		}
		this.#length = at + count;
		if (referenceOrigin < this.#sourceLeading) this.#leading = this.#length;
	}

	/** Copies the rest of the source and returns the copy, or the source itself if nothing has been replaced. */
	finish(): AlignedText {
		if (!this.#isChanged) return this.#source;
		this.copyTo(this.#source.end);
		return {
			bytes: this.#bytes,
			start: 0,
			end: this.#length,
			origin: { starts: this.#starts, ends: this.#ends },
			leading: this.#leading,
			isFirst: beginsText(this.#source)
		};
	}

	/** @throws RangeError if the text grows without bound */
	#reserve(more: number): void {
		const needed = this.#length + more;
		if (needed > this.#maxLength) {
			throw new RangeError(
				`the tokenizer rewrites ${this.#originalLength} bytes of text as ${needed} or more: expected at most ` +
					`${MAX_GROWTH_FACTOR} times as many plus ${MAX_GROWTH_BYTES}`
			);
		}
		const { length } = this.#bytes;
		if (needed <= length) return;
		this.#resize(Math.max(needed, this.#capacity, this.#length > 0 ? length * 2 : 0));
	}

	#resize(size: number): void {
		const written = this.#length;
		this.#bytes = grow(this.#bytes.subarray(0, written), size);
		this.#starts = grow(this.#starts.subarray(0, written), size);
		this.#ends = grow(this.#ends.subarray(0, written), size);
	}
}
