import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/int-buffer';
import type { TokenTable } from '../structures/token-table';
import { sequenceLength } from '../text/utf8';

/** Longer buffers are released after one huge pre-token. */
const MAX_KEPT_SYMBOLS = 1 << 16;

/** The symbols of one pre-token, before and after merging: n ids and the exclusive last byte of each in the source. */
export class Symbols {
	count = 0;
	ids = new Int32Array(256);
	ends = new Int32Array(256);
	/** Characters without a token, dropped or unknown, in order: first and exclusive last byte of each. */
	readonly dropped = new IntBuffer(8);

	/** Removes all symbols and makes room for `capacity`; releases room for very many. */
	reset(capacity: number): void {
		this.count = 0;
		this.dropped.clear();
		const room = this.ids.length;
		if (capacity <= room && (room <= MAX_KEPT_SYMBOLS || capacity > MAX_KEPT_SYMBOLS)) return;
		const size = capacity > MAX_KEPT_SYMBOLS ? capacity : Math.max(256, 2 * capacity);
		this.ids = new Int32Array(size);
		this.ends = new Int32Array(size);
	}

	add(id: number, end: number): void {
		this.ids[this.count] = id;
		this.ends[this.count++] = end;
	}
}

/** Splits `source[start, end)` into the symbols that merging starts from. */
export type SymbolSplitter = (
	source: ByteSource,
	start: number,
	end: number,
	symbols: Symbols
) => void;

/** The treatment of a character that is not in the vocabulary. */
export interface UnknownRules {
	/** Id of the unknown token; -1 if there is none. */
	readonly unknownId: number;
	/** Whether a character is dropped if there is no unknown token; if not, it is an error. */
	readonly drop: boolean;
	/** Whether adjacent unknown characters make one token. */
	readonly fuse: boolean;
	/** Ids of `<0x00>` to `<0xFF>` (-1 if missing); `null` without byte fallback. */
	readonly byteFallback: Int32Array | null;
}

/**
 * Makes one symbol per byte (byte-level models) or per character, in the order of Hugging Face's
 * `BPE::merge_word`: pending unknown characters are written when the next known one comes, and fallback
 * bytes do not wait for them.
 */
export function createSymbolSplitter(
	tokens: TokenTable,
	byteLevel: boolean,
	unknown: UnknownRules
): SymbolSplitter {
	const { unknownId, drop, fuse, byteFallback } = unknown;
	/** Ids of one-byte tokens, -1 if there is none. */
	const byteIds = new Int32Array(256);
	const everyByte = new ByteSource(Uint8Array.from(byteIds, (_, byte) => byte));
	for (let byte = 0; byte < 256; byte++) byteIds[byte] = tokens.idOf(everyByte, byte, byte + 1);

	return (source, start, end, symbols) => {
		const { bytes } = source;
		symbols.reset(end - start);
		// Exclusive last byte of the last symbol written; less than `at` while unknown characters are pending.
		let written = start;
		let pending = 0;
		for (let at = start; at < end;) {
			const lead = bytes[at];
			const length = byteLevel ? 1 : sequenceLength(lead);
			const id = length === 1 ? byteIds[lead] : tokens.idOf(source, at, at + length);
			at += length;
			if (id >= 0) {
				if (pending > 0) symbols.add(unknownId, (written += pending));
				pending = 0;
				symbols.add(id, (written += length));
			} else if (byteFallback && hasAll(byteFallback, bytes, at - length, at)) {
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
	const hex = Array.from(character, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
	return new Error(
		`the bytes ${hex} have no token: expected an entry of the vocabulary for them, ` +
			`or an unk_token that is one`
	);
}

function hasAll(ids: Int32Array, bytes: Uint8Array, from: number, to: number): boolean {
	for (let i = from; i < to; i++) if (ids[bytes[i]] < 0) return false;
	return true;
}
