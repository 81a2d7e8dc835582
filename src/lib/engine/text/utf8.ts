const encoder = new TextEncoder();
const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

/** Larger buffers are released, so that one huge text does not hold its memory for good. */
const MAX_KEPT_BYTES = 1 << 22;

/**
 * A reused buffer for the UTF-8 of one text after another. Lone surrogates become U+FFFD, as
 * `toWellFormed()` would have it.
 */
export class Utf8Buffer {
	#bytes = new Uint8Array(1 << 12);

	/** Encodes `text` into the start of a buffer that is valid until the next call. */
	encode(text: string): { bytes: Uint8Array; length: number } {
		let bytes = this.#bytes;
		if (bytes.length < text.length) bytes = new Uint8Array(text.length + (text.length >> 3));
		const { read, written: first } = encoder.encodeInto(text, bytes);
		let written = first;
		if (read < text.length) {
			// Not mostly ASCII: make room for the worst case of three bytes per code unit and continue.
			const grown = new Uint8Array(written + (text.length - read) * 3);
			grown.set(bytes.subarray(0, written));
			bytes = grown;
			written += encoder.encodeInto(text.slice(read), bytes.subarray(written)).written;
		}
		this.#bytes = bytes.length > MAX_KEPT_BYTES ? new Uint8Array(1 << 12) : bytes;
		return { bytes, length: written };
	}
}

/** Encodes `text` into a new array. Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
	return encoder.encode(text);
}

/** Decodes UTF-8; each maximal ill-formed part becomes one U+FFFD (as in Rust and WHATWG). */
export function decodeUtf8(bytes: Uint8Array): string {
	return lossy.decode(bytes);
}

/** Bytes of the character that begins with `lead`, a lead byte of well-formed UTF-8. */
export function sequenceLength(lead: number): number {
	return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** The code point that begins at byte `at` of well-formed UTF-8. */
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

/** First byte of the character that ends at byte `end`. */
export function previousStart(bytes: Uint8Array, end: number): number {
	let at = end - 1;
	while (at > 0 && (bytes[at] & 0xc0) === 0x80) at--;
	return at;
}

export const isHighSurrogate = (unit: number) => (unit & 0xfc00) === 0xd800;
export const isLowSurrogate = (unit: number) => (unit & 0xfc00) === 0xdc00;

/** Whether a boundary before code unit `unit` would separate the two halves of a surrogate pair. */
export function splitsPair(text: string, unit: number): boolean {
	return (
		unit > 0 &&
		unit < text.length &&
		isLowSurrogate(text.charCodeAt(unit)) &&
		isHighSurrogate(text.charCodeAt(unit - 1))
	);
}

/** Number of bytes that {@link encodeUtf8} gives for code units [start, end), without encoding them. */
export function byteLength(text: string, start = 0, end = text.length): number {
	let bytes = end - start;
	for (let unit = start; unit < end; unit++) {
		const code = text.charCodeAt(unit);
		if (code < 0x80) continue;
		if (code < 0x800) bytes += 1;
		else {
			bytes += 2;
			// A pair is 4 bytes in 2 code units: 3 for the high half plus the 1 already counted for the low half.
			if (isHighSurrogate(code) && unit + 1 < end && isLowSurrogate(text.charCodeAt(unit + 1)))
				unit++;
		}
	}
	return bytes;
}

/** Number of code points; a lone surrogate is one. */
export function countChars(text: string): number {
	let chars = text.length;
	for (let unit = 1; unit < text.length; unit++) {
		if (isLowSurrogate(text.charCodeAt(unit)) && isHighSurrogate(text.charCodeAt(unit - 1)))
			chars--;
	}
	return chars;
}

/** Number of code points of UTF-8, counted by their first bytes. */
export function countCharsOfUtf8(bytes: Uint8Array): number {
	let count = 0;
	for (let at = 0; at < bytes.length; at++) if ((bytes[at] & 0xc0) !== 0x80) count++;
	return count;
}

/**
 * First byte of the first sequence that is not UTF-8; -1 if there is none. Refuses exactly what
 * `new TextDecoder('utf-8', { fatal: true })` refuses: stray continuations, overlong forms, surrogates,
 * anything above U+10FFFF, and truncated sequences (table 3-7 of the Unicode Standard).
 */
export function firstInvalidUtf8(bytes: Uint8Array): number {
	const n = bytes.length;
	const view = new DataView(bytes.buffer, bytes.byteOffset, n);
	let byte = 0;
	while (byte < n) {
		const lead = bytes[byte];
		if (lead < 0x80) {
			byte++;
			// ASCII, which most texts consist of, four bytes at a time.
			while (byte + 4 <= n && (view.getInt32(byte, true) & 0x80808080) === 0) byte += 4;
			continue;
		}
		if (lead < 0xc2 || lead > 0xf4) return byte;
		const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
		if (byte + length > n) return byte;
		// Only the second byte's range depends on the lead: it rules out overlongs and surrogates.
		const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
		const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
		const second = bytes[byte + 1];
		if (second < low || second > high) return byte;
		for (let k = 2; k < length; k++) if ((bytes[byte + k] & 0xc0) !== 0x80) return byte;
		byte += length;
	}
	return -1;
}
