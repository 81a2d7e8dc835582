import { firstInvalidUtf8, sequenceLength } from '../text/utf8';

/** Checks UTF-8 that arrives in chunks, which may cut characters. */
export class Utf8Check {
	/** The beginning of a character whose rest has not arrived. */
	#open = new Uint8Array(0);
	/** Bytes of the text that came before `#open`. */
	#checked: number;

	/** @param byteStart where the first text begins in its file */
	constructor(byteStart = 0) {
		this.#checked = byteStart;
	}

	/** @throws Error with the byte offset in the text where it stops being UTF-8. */
	add(chunk: Uint8Array): void {
		if (chunk.length === 0) return;
		let from = 0;
		if (this.#open.length > 0) {
			// At most three bytes complete the character: check it on its own.
			const wanted = sequenceLength(this.#open[0]) - this.#open.length;
			const joined = new Uint8Array(this.#open.length + Math.min(wanted, chunk.length));
			joined.set(this.#open);
			joined.set(chunk.subarray(0, joined.length - this.#open.length), this.#open.length);
			from = joined.length - this.#open.length;
			this.#take(joined);
			if (this.#open.length > 0) return;
		}
		this.#take(from === 0 ? chunk : chunk.subarray(from));
	}

	/** The text is over; the next `add` begins another. @throws Error when it ends within a character. */
	end(): void {
		if (this.#open.length > 0) throw invalid(this.#checked, this.#open[0]);
		this.#checked = 0;
	}

	#take(bytes: Uint8Array): void {
		const bad = firstInvalidUtf8(bytes);
		const valid = bad < 0 ? bytes.length : bad;
		const rest = bytes.subarray(valid);
		if (rest.length > 0 && !isBeginning(rest)) throw invalid(this.#checked + valid, rest[0]);
		this.#checked += valid;
		this.#open = rest.slice();
	}
}

/** Whether some bytes after `bytes` would make one character of them. */
function isBeginning(bytes: Uint8Array): boolean {
	const lead = bytes[0];
	if (lead < 0xc2 || lead > 0xf4 || bytes.length >= sequenceLength(lead)) return false;
	if (bytes.length === 1) return true;
	// The ranges of the second byte that rule out overlong forms, surrogates and what is above U+10FFFF.
	const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
	const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
	if (bytes[1] < low || bytes[1] > high) return false;
	return bytes.length === 2 || (bytes[2] & 0xc0) === 0x80;
}

function invalid(offset: number, byte: number): Error {
	const hex = byte.toString(16).toUpperCase().padStart(2, '0');
	return new Error(
		`not UTF-8 at byte ${offset} (0x${hex}); training needs text, so convert it to UTF-8 first`
	);
}
