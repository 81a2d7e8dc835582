import type { BpeModelSpec } from '../spec';
import { withAffixes, type Affixes } from './affixes';
import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import type { TokenTable } from '../structures/token-table';
import { byteToken, hexOf } from '../text/ascii';
import { sequenceLength } from '../text/utf8';

/**
 * Enough for nearly every pre-token. Buffers should rarely grow, because V8 discards compiled code when a buffer first
 * grows.
 */
const MIN_SYMBOLS = 1 << 11;
/** Longer buffers are released after use. */
const MAX_CACHED_SYMBOLS = 1 << 16;

/** The symbols of a pre-token before or after merging: their ids, and their end bytes (exclusive) in the source. */
export class Symbols {
	count = 0;
	ids = new Int32Array(MIN_SYMBOLS);
	ends = new Int32Array(MIN_SYMBOLS);
	/** First byte and end byte (exclusive) of each dropped or unknown character. */
	readonly dropped = new IntBuffer(8);

	/** Removes all symbols, makes room for `capacity` symbols, and releases very long buffers. */
	reset(capacity: number): void {
		this.count = 0;
		this.dropped.clear();
		const { length } = this.ids;
		if (capacity <= length && (length <= MAX_CACHED_SYMBOLS || capacity > MAX_CACHED_SYMBOLS))
			return;
		const size = capacity > MAX_CACHED_SYMBOLS ? capacity : Math.max(MIN_SYMBOLS, 2 * capacity);
		this.ids = new Int32Array(size);
		this.ends = new Int32Array(size);
	}

	add(id: number, end: number): void {
		this.ids[this.count] = id;
		this.ends[this.count++] = end;
	}

	/** Adds a symbol for each of `bytes[start, end)`. */
	addBytes(bytes: Uint8Array, start: number, end: number, byteIds: Int32Array): void {
		const { ids, ends } = this;
		let { count } = this;
		for (let at = start; at < end;) {
			ids[count] = byteIds[bytes[at++]];
			ends[count++] = at;
		}
		this.count = count;
	}
}

/**
 * Splits `source[start, end)` into initial symbols.
 * @param isFirst whether `start` begins a pre-token; default true
 * @param isLast whether `end` ends a pre-token; default true
 */
export type SymbolSplitter = (
	source: ByteSource,
	start: number,
	end: number,
	symbols: Symbols,
	isFirst?: boolean,
	isLast?: boolean
) => void;

/** Rules for characters that are not in the vocabulary. */
export interface UnknownRules {
	/** Id of the unknown token; -1 if there is none. */
	readonly unknownId: number;
	/** Whether unknown characters are dropped instead of causing an error if there is no unknown token. */
	readonly drop: boolean;
	/** Whether adjacent unknown characters become one token. */
	readonly fuse: boolean;
	/** Ids of `<0x00>` to `<0xFF>` (-1 if missing); `null` without byte fallback. */
	readonly byteFallback: Int32Array | null;
}

/** @param hasEveryByte whether every byte has a token and there are no affixes */
export function unknownRules(
	spec: BpeModelSpec,
	tokens: TokenTable,
	hasEveryByte: boolean
): UnknownRules {
	let byteFallback: Int32Array | null = null;
	if (spec.byte_fallback) {
		byteFallback = new Int32Array(256);
		for (let byte = 0; byte < 256; byte++) {
			byteFallback[byte] = tokens.idOfString(byteToken(byte));
		}
	}
	// If every byte has a token, the unknown token is never needed. In many files, it is not even in the vocabulary.
	const isKnown = spec.unk_token !== null && !hasEveryByte;
	return {
		unknownId: isKnown ? tokens.idOfString(spec.unk_token) : -1,
		// tiktoken throws an error for bytes without a token.
		drop: spec.unk_token === null && spec.merges !== null,
		fuse: spec.fuse_unk,
		byteFallback
	};
}

/**
 * Creates a function that makes one symbol per byte (byte-level models) or per character. As in Hugging Face's
 * `BPE::merge_word`, pending unknown characters are written before the next known one, but after fallback bytes.
 */
export function createSymbolSplitter(
	tokens: TokenTable,
	byteLevel: boolean,
	unknown: UnknownRules,
	affixes: Affixes | null = null
): SymbolSplitter {
	const { unknownId, drop, fuse, byteFallback } = unknown;
	const { byteIds } = tokens;

	// With byte fallback, the bytes of affixes also become symbols.
	const symbolsPerByte =
		affixes && byteFallback ? 1 + affixes.prefix.length + affixes.suffix.length : 1;

	return (source, start, end, symbols, isFirst = true, isLast = true) => {
		const { bytes } = source;
		symbols.reset((end - start) * symbolsPerByte);
		// End byte (exclusive) of the last written symbol; less than `at` while unknown characters are pending.
		let written = start;
		let pending = 0;
		for (let at = start; at < end;) {
			const lead = bytes[at];
			const length = byteLevel ? 1 : sequenceLength(lead);
			let id: number;
			let affixed: Uint8Array | null = null;
			if (affixes === null) {
				id = length === 1 ? byteIds[lead] : tokens.idOf(source, at, at + length);
			} else {
				const [begins, ends] = [at === start && isFirst, at + length === end && isLast];
				affixed = withAffixes(bytes.subarray(at, at + length), affixes, begins, ends);
				id = tokens.idOf(new ByteSource(affixed), 0, affixed.length);
			}
			at += length;
			if (id >= 0) {
				if (pending > 0) symbols.add(unknownId, (written += pending));
				pending = 0;
				symbols.add(id, (written += length));
			} else if (byteFallback && affixed && hasAll(byteFallback, affixed, 0, affixed.length)) {
				// Bytes beyond the length of the character (affixes) get empty spans at its end.
				const last = written + length;
				for (const byte of affixed) {
					written = Math.min(written + 1, last);
					symbols.add(byteFallback[byte], written);
				}
			} else if (byteFallback && !affixed && hasAll(byteFallback, bytes, at - length, at)) {
				for (let i = at - length; i < at; i++) symbols.add(byteFallback[bytes[i]], ++written);
			} else {
				if (unknownId < 0 && !drop) throw noToken(bytes.subarray(at - length, at));
				symbols.dropped.push(at - length);
				symbols.dropped.push(at);
				if (drop) {
					written += length;
					continue;
				}
				if (pending > 0 && !fuse) {
					symbols.add(unknownId, (written += pending));
					pending = 0;
				}
				pending += length;
			}
		}
		if (pending > 0) symbols.add(unknownId, written + pending);
	};
}

function noToken(character: Uint8Array): Error {
	return new Error(
		`the bytes ${hexOf(character, ' ')} have no token: expected an entry in the vocabulary for them or for unk_token`
	);
}

function hasAll(ids: Int32Array, bytes: Uint8Array, from: number, to: number): boolean {
	for (let i = from; i < to; i++) if (ids[bytes[i]] < 0) return false;
	return true;
}
