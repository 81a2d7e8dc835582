import { ByteSource } from '../structures/byte-table';
import { sequenceLength } from '../text/utf8';
import type { TokenTable } from '../structures/token-table';

/** One huge piece should not hold its memory for good. */
const KEPT_CAPACITY = 1 << 16;

/** The symbols of one piece, before and after merging: n ids and the byte (in the source) after each. */
export class Symbols {
	count = 0;
	ids = new Int32Array(256);
	ends = new Int32Array(256);

	/** Forgets all symbols and makes room for so many; room for very many is given back. */
	reset(capacity: number): void {
		this.count = 0;
		const room = this.ids.length;
		if (capacity <= room && (room <= KEPT_CAPACITY || capacity > KEPT_CAPACITY)) return;
		const size = capacity > KEPT_CAPACITY ? capacity : Math.max(256, 2 * capacity);
		this.ids = new Int32Array(size);
		this.ends = new Int32Array(size);
	}

	add(id: number, end: number): void {
		this.ids[this.count] = id;
		this.ends[this.count++] = end;
	}
}

/** Cuts `source[start, end)` into the symbols that merging starts from. */
export type SymbolCutter = (
	source: ByteSource,
	start: number,
	end: number,
	symbols: Symbols
) => void;

/** What happens to a character that is not in the vocabulary. */
export interface UnknownRules {
	/** Id of the unknown token; -1 when there is none. */
	readonly unknownId: number;
	/** Whether characters are dropped where there is no unknown token; otherwise they are an error. */
	readonly drop: boolean;
	/** Neighbouring unknown characters make one token. */
	readonly fuse: boolean;
	/** Ids of `<0x00>` to `<0xFF>` (-1 where missing); null without byte fallback. */
	readonly byteFallback: Int32Array | null;
}

/**
 * A symbol a byte (byte-level models) or a character, in the order in which Hugging Face's
 * `BPE::merge_word` adds them: pending unknown characters are written when the next known one comes,
 * and fallback bytes do not wait for them.
 */
export function createSymbolSplitter(
	tokens: TokenTable,
	byteLevel: boolean,
	unknown: UnknownRules
): SymbolCutter {
	const { unknownId, drop, fuse, byteFallback } = unknown;
	/** Ids of one-byte tokens, -1 where there is none. */
	const byteIds = new Int32Array(256);
	const everyByte = new ByteSource(Uint8Array.from(byteIds, (_, byte) => byte));
	for (let byte = 0; byte < 256; byte++) byteIds[byte] = tokens.idOf(everyByte, byte, byte + 1);

	return (source, start, end, symbols) => {
		const { bytes } = source;
		symbols.reset(end - start);
		// Byte after the last symbol written; behind `at` while unknown characters are pending.
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
			} else if (drop) {
				written += length;
			} else if (unknownId < 0) {
				throw noToken(bytes.subarray(at - length, at));
			} else {
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
