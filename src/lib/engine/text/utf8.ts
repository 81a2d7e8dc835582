import { grow } from '../structures/arrays';
import { byteHex, uppercaseAscii } from './ascii';

const encoder = new TextEncoder();
const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

/** Longer buffers are released, so that one huge text does not tie up memory indefinitely. */
const MAX_REUSED_BYTES = 1 << 22;

/** Encodes texts into a buffer that is reused each time. Lone surrogates become U+FFFD. */
export class Utf8Buffer {
	#bytes = new Uint8Array(1 << 12);

	/** The first `length` bytes of the result contain the text, but only until the next call. */
	encode(text: string): { bytes: Uint8Array; length: number } {
		let bytes = this.#bytes;
		if (bytes.length < text.length) bytes = new Uint8Array(text.length + (text.length >> 3));
		const { read, written: first } = encoder.encodeInto(text, bytes);
		let written = first;
		if (read < text.length) {
			// The worst case is three bytes per code unit.
			bytes = grow(bytes.subarray(0, written), written + (text.length - read) * 3);
			written += encoder.encodeInto(text.slice(read), bytes.subarray(written)).written;
		}
		this.#bytes = bytes.length > MAX_REUSED_BYTES ? new Uint8Array(1 << 12) : bytes;
		return { bytes, length: written };
	}
}

/** Encodes a string as UTF-8. Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
	return encoder.encode(text);
}

/** Decodes UTF-8. Each maximal ill-formed subsequence becomes one U+FFFD, as in Rust and the WHATWG standard. */
export function decodeUtf8(bytes: Uint8Array): string {
	return lossy.decode(bytes);
}

/** Number of bytes in a well-formed character that starts with the byte `lead`. */
export function sequenceLength(lead: number): number {
	return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Code point that starts at byte offset `at` in well-formed UTF-8. */
export function codePointAt(bytes: Uint8Array, at: number): number {
	const lead = bytes[at];
	if (lead < 0x80) return lead;
	if (lead < 0xe0) return ((lead & 0x1f) << 6) | (bytes[at + 1] & 0x3f);
	if (lead < 0xf0) {
		return ((lead & 0x0f) << 12) | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f);
	}
	return (
		((lead & 0x07) << 18) |
		((bytes[at + 1] & 0x3f) << 12) |
		((bytes[at + 2] & 0x3f) << 6) |
		(bytes[at + 3] & 0x3f)
	);
}

/** Byte offset of the character that ends at `end` (exclusive). */
export function previousStart(bytes: Uint8Array, end: number): number {
	let at = end - 1;
	while (at > 0 && (bytes[at] & 0xc0) === 0x80) at--;
	return at;
}

export const isHighSurrogate = (unit: number) => (unit & 0xfc00) === 0xd800;
export const isLowSurrogate = (unit: number) => (unit & 0xfc00) === 0xdc00;

/** Whether a boundary before code unit `unit` would split a surrogate pair. */
export function splitsPair(text: string, unit: number): boolean {
	return (
		unit > 0 &&
		unit < text.length &&
		isLowSurrogate(text.charCodeAt(unit)) &&
		isHighSurrogate(text.charCodeAt(unit - 1))
	);
}

/**
 * Minimum number of code units at which {@link byteLength} encodes the text instead of using a loop. A loop is slow
 * until the JavaScript engine has optimised it.
 */
const MIN_ENCODED_UNITS = 4096;

/** Number of bytes that the code units [start, end) take up in UTF-8. */
export function byteLength(text: string, start = 0, end = text.length): number {
	if (end - start >= MIN_ENCODED_UNITS) return encodeUtf8(text.slice(start, end)).length;
	let bytes = end - start;
	for (let unit = start; unit < end; unit++) {
		const code = text.charCodeAt(unit);
		if (code < 0x80) continue;
		if (code < 0x800) bytes += 1;
		else {
			bytes += 2;
			// A surrogate pair takes 4 bytes: 3 are added here, and the low surrogate has already been counted as 1.
			if (isHighSurrogate(code) && unit + 1 < end && isLowSurrogate(text.charCodeAt(unit + 1)))
				unit++;
		}
	}
	return bytes;
}

/** Number of code points. A lone surrogate counts as one code point. */
export const countChars = (text: string): number =>
	text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

export function countCharsOfUtf8(bytes: Uint8Array): number {
	let count = 0;
	for (let at = 0; at < bytes.length; at++) if ((bytes[at] & 0xc0) !== 0x80) count++;
	return count;
}

interface Builtins {
	getBuiltinModule?(name: 'node:buffer'): { readonly isUtf8: (bytes: Uint8Array) => boolean };
}

/** Node's native check, which is much faster on long text; `undefined` in browsers. */
const isUtf8 = (globalThis as { process?: Builtins }).process?.getBuiltinModule?.(
	'node:buffer'
).isUtf8;
/** Minimum length, in bytes, at which the native check is faster than the loop. */
const NATIVE_LENGTH = 256;

/**
 * Offset of the first sequence that is not valid UTF-8; -1 if there is none. Accepts the same bytes as
 * `new TextDecoder('utf-8', { fatal: true })` (table 3-7 of the Unicode Standard).
 */
export function firstInvalidUtf8(bytes: Uint8Array): number {
	const n = bytes.length;
	if (n >= NATIVE_LENGTH && isUtf8?.(bytes)) return -1;
	const view = new DataView(bytes.buffer, bytes.byteOffset, n);
	let byte = 0;
	while (byte < n) {
		const lead = bytes[byte];
		if (lead < 0x80) {
			byte++;
			// Skip ASCII four bytes at a time.
			while (byte + 4 <= n && (view.getInt32(byte, true) & 0x80808080) === 0) byte += 4;
			continue;
		}
		if (lead < 0xc2 || lead > 0xf4) return byte;
		const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
		if (byte + length > n) return byte;
		// The range of the second byte depends on the lead byte, to exclude overlong forms and surrogates.
		const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
		const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
		const second = bytes[byte + 1];
		if (second < low || second > high) return byte;
		for (let k = 2; k < length; k++) if ((bytes[byte + k] & 0xc0) !== 0x80) return byte;
		byte += length;
	}
	return -1;
}

/** Describes the first invalid byte, for error messages. */
export const describeInvalidUtf8 = (offset: number, byte: number): string =>
	`not UTF-8 at byte ${offset} (0x${uppercaseAscii(byteHex(byte))}); convert it to UTF-8 first`;

export const haveSameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
	a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));
