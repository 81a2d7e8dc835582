import type { CorePattern } from '../core-pattern';
import { TokenKind, type Encoding } from '../encoding';
import type { BpeModel } from '../model/bpe';
import { TokenBuffers } from '../model/types';
import type { AddedTokenSpec } from '../spec';
import type { TrimmedSpans } from '../postprocess/trimmed-spans';
import { IntBuffer } from '../structures/arrays';
import { NO_TEXT, originEnd, originStart, type AlignedText, type Origin } from '../text/aligned';
import { sequenceLength } from '../text/utf8';
import { skipWhiteSpace } from '../text/unicode-classes';
import type { WalkVisitor } from './walk';

/** Collects the tokens of one text. Its buffers are reused for the next text. */
export class EncodingBuilder implements WalkVisitor {
	readonly #model: BpeModel;
	readonly #ids = new IntBuffer(1 << 12);
	readonly #starts = new IntBuffer(1 << 12);
	readonly #ends = new IntBuffer(1 << 12);
	/** Token ends in a rewritten text, before being mapped to the original. */
	readonly #mapped = new IntBuffer(1 << 10);
	/** `null` if the model produces only ordinary tokens. */
	readonly #kinds: IntBuffer | null;
	readonly #dropped = new IntBuffer(64);
	/** Buffers for tokens from the original text and from a rewritten text. */
	readonly #original: TokenBuffers;
	readonly #aligned: TokenBuffers;
	/** Indices of the added tokens found. */
	readonly #special: number[] = [];
	#text = NO_TEXT;
	#droppedBytes = 0;
	#removedBytes = 0;
	/** End byte (exclusive) of the original text covered so far by pre-tokens and added tokens. */
	#covered = 0;
	/** End byte (exclusive) of the original text already counted as dropped by the model. */
	#droppedEnd = 0;

	/** `null` if no post-processor trims spans. */
	readonly #trimmed: TrimmedSpans | null;

	constructor(
		model: BpeModel,
		trimmed: TrimmedSpans | null,
		private readonly isCorePattern: boolean
	) {
		this.#model = model;
		this.#trimmed = trimmed;
		this.#kinds = model.hasKinds ? new IntBuffer(1 << 12) : null;
		this.#original = new TokenBuffers(this.#ids, this.#ends, this.#kinds, this.#dropped);
		this.#aligned = new TokenBuffers(this.#ids, this.#mapped, this.#kinds, this.#dropped);
	}

	/** Prepares for a new text, clearing anything that an error left in the buffers. */
	begin(text: AlignedText): void {
		for (const buffer of [this.#ids, this.#starts, this.#ends, this.#mapped]) buffer.recycle();
		this.#kinds?.recycle();
		this.#dropped.recycle();
		this.#special.length = 0;
		this.#text = text;
		this.#model.prepareFor(text.end, this.isCorePattern);
		this.#droppedBytes = this.#removedBytes = this.#covered = this.#droppedEnd = 0;
	}

	added(token: AddedTokenSpec, text: AlignedText, from: number, to: number): void {
		const start = originStart(text, from);
		const end = originEnd(text, to);
		this.#cover(start, end);
		if (text.origin) this.#trimmed?.add(this.#ids.length, text, from, to, TokenKind.special);
		this.#special.push(this.#ids.length);
		this.#kinds?.push(TokenKind.special);
		this.#ids.push(token.id);
		this.#starts.push(start);
		this.#ends.push(end);
	}

	section({ bytes, start, end }: AlignedText, pattern: CorePattern): number {
		const first = this.#ids.length;
		const stop = this.#model.encodeText(bytes, start, end, pattern, this.#original);
		if (stop > start) this.#cover(start, stop);
		this.#addStarts(first, start);
		return stop;
	}

	pretokens(text: AlignedText, start: number, ends: IntBuffer, from: number, to: number): void {
		const { bytes, origin } = text;
		const first = this.#ids.length;
		const end = ends.data[to - 1];
		if (origin === null) {
			this.#cover(start, end);
			this.#model.encodePretokens(bytes, start, ends, from, to, this.#original);
			this.#countDropped(null);
			this.#addStarts(first, start);
			return;
		}
		const mapped = this.#mapped;
		mapped.clear();
		this.#model.encodePretokens(bytes, start, ends, from, to, this.#aligned);
		this.#countDropped(origin);
		const { length, data } = mapped;
		this.#starts.reserve(length);
		this.#ends.reserve(length);
		const starts = this.#starts.data;
		const originalEnds = this.#ends.data;
		let covered = this.#covered;
		for (let i = 0, at = start; i < length; at = data[i++]) {
			// The fallback bytes of affixes do not cover any text, so they share the span of the preceding byte.
			const byteStart = origin.starts[at < data[i] ? at : at - 1];
			// A normalizer may have removed text between two tokens.
			if (byteStart > covered) this.#countRemoved(covered, byteStart);
			starts[first + i] = byteStart;
			covered = originalEnds[first + i] = origin.ends[data[i] - 1];
		}
		this.#starts.length += length;
		this.#ends.length += length;
		this.#covered = Math.max(covered, origin.ends[end - 1]);
		if (!this.#trimmed) return;
		for (let i = 0, at = start; i < length; at = data[i++]) {
			const kind = (this.#kinds?.data[first + i] ?? TokenKind.ordinary) as TokenKind;
			this.#trimmed.add(first + i, text, at, data[i], kind);
		}
	}

	/** Fills in the starts of the tokens from index `first` on, each of which begins where the previous one ends. */
	#addStarts(first: number, start: number): void {
		const added = this.#ids.length - first;
		if (added === 0) return;
		this.#starts.reserve(added);
		const starts = this.#starts.data;
		starts[first] = start;
		starts.set(this.#ends.data.subarray(first, first + added - 1), first + 1);
		this.#starts.length += added;
	}

	/** Returns the encoding and releases the text. */
	finish(): Encoding {
		this.#cover(this.#text.end, this.#text.end);
		const encoding = {
			ids: this.#ids.toArray(),
			byteStarts: this.#starts.toArray(),
			byteEnds: this.#ends.toArray(),
			kinds: this.#tokenKinds(),
			droppedBytes: this.#droppedBytes || undefined,
			removedBytes: this.#removedBytes || undefined
		};
		this.begin(NO_TEXT);
		return encoding;
	}

	/** Marks bytes [start, end) of the original as covered and counts any bytes skipped before them as removed. */
	#cover(start: number, end: number): void {
		if (start > this.#covered) this.#countRemoved(this.#covered, start);
		if (end > this.#covered) this.#covered = end;
	}

	/** Counts bytes [start, end) of the original, except white space, as removed. */
	#countRemoved(start: number, end: number): void {
		const { bytes } = this.#text;
		for (let at = skipWhiteSpace(bytes, start, end); at < end;) {
			const length = sequenceLength(bytes[at]);
			this.#droppedBytes += length;
			this.#removedBytes += length;
			at = skipWhiteSpace(bytes, at + length, end);
		}
	}

	/** Counts each dropped byte only once, even if several bytes of a rewritten text come from one character. */
	#countDropped(origin: Origin | null): void {
		const { data, length } = this.#dropped;
		for (let i = 0; i < length; i += 2) {
			const start = origin ? origin.starts[data[i]] : data[i];
			const end = origin ? origin.ends[data[i + 1] - 1] : data[i + 1];
			this.#droppedBytes += Math.max(0, end - Math.max(start, this.#droppedEnd));
			this.#droppedEnd = Math.max(end, this.#droppedEnd);
		}
		this.#dropped.clear();
	}

	#tokenKinds(): Uint8Array | undefined {
		const fromModel = this.#kinds;
		if (!fromModel && this.#special.length === 0) return undefined;
		const kinds = new Uint8Array(this.#ids.length);
		if (fromModel) kinds.set(fromModel.data.subarray(0, fromModel.length));
		else for (const position of this.#special) kinds[position] = TokenKind.special;
		return kinds.some((kind) => kind !== TokenKind.ordinary) ? kinds : undefined;
	}
}

/**
 * Ensures that starts and ends never decrease, even if added tokens overlap in white space (see `added/finder.ts`). The
 * first of the tokens keeps the overlap.
 */
export function makeOffsetsMonotonic(encoding: Encoding): Encoding {
	const { byteStarts, byteEnds } = encoding;
	let minimum = 0;
	for (let i = 1; i < byteStarts.length; i++) {
		if (byteEnds[i] < byteEnds[i - 1]) minimum = byteEnds[i - 1];
		if (byteStarts[i] < minimum) byteStarts[i] = minimum;
		if (byteEnds[i] < minimum) byteEnds[i] = minimum;
	}
	return encoding;
}
