import { ByteSource } from '../structures/byte-table';
import { decodeUtf8 } from '../text/utf8';
import { CountTable } from './count-table';
import type { CountsTotals } from './counts-manifest';
import type { PretokenCounts } from './types';

const TAB = 0x09;
const NEWLINE = 0x0a;
const QUOTE = 0x22;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
/** Approximate size, in bytes, of each chunk of text that `writeCountsTsv` yields. */
const PART_BYTES = 1 << 17;
/** In the worst case, a byte is written as six bytes: for example, a zero byte as \u0000. */
const MAX_BYTES_PER_BYTE = 6;
/** Maximum number of bytes in a line in addition to the pre-token: two quotes, a tab, 16 digits and a newline. */
const MAX_REST_BYTES = 20;

/** Yields the counts as chunks of text with one line per pre-token: a JSON string, a tab and the count. */
export function* writeCountsTsv({
	bytes,
	ends,
	counts
}: PretokenCounts): Generator<string, void, undefined> {
	const encoder = new TextEncoder();
	// Copying bytes is much faster than building a string for each pre-token.
	let part = new Uint8Array(PART_BYTES);
	let length = 0;
	for (let i = 0, start = 0; i < ends.length; start = ends[i++]) {
		const end = ends[i];
		const room = MAX_BYTES_PER_BYTE * (end - start) + MAX_REST_BYTES;
		if (length + room > part.length) {
			if (length > 0) yield decodeUtf8(part.subarray(0, length));
			length = 0;
			if (room > part.length) part = new Uint8Array(room);
		}
		const begin = length;
		part[length++] = QUOTE;
		let isEscaped = false;
		for (let at = start; at < end; at++) {
			const byte = bytes[at];
			isEscaped ||= byte < SPACE || byte === QUOTE || byte === BACKSLASH;
			part[length++] = byte;
		}
		part[length++] = QUOTE;
		if (isEscaped) {
			const json = JSON.stringify(decodeUtf8(bytes.subarray(start, end)));
			length = begin + encoder.encodeInto(json, part.subarray(begin)).written;
		}
		if (counts[i] < 10) {
			part[length++] = TAB;
			part[length++] = ZERO + counts[i];
			part[length++] = NEWLINE;
		} else length += encoder.encodeInto(`\t${counts[i]}\n`, part.subarray(length)).written;
	}
	if (length > 0) yield decodeUtf8(part.subarray(0, length));
}

/** Reads counts from text that arrives in chunks of any size. If a pre-token is repeated, its counts are added up. */
export class CountsTsvReader {
	readonly #table = new CountTable();
	readonly #encoder = new TextEncoder();
	#source = new ByteSource(new Uint8Array(1 << 10));
	#rest = '';
	#line = 0;
	#total = 0;
	#bytes = 0;

	/** @throws Error that states the line number, what was found and what was expected */
	add(text: string): void {
		this.#rest += text;
		if (!text.includes('\n')) return;
		const lines = this.#rest.split('\n');
		this.#rest = lines.pop() ?? '';
		for (const line of lines) this.#read(line);
	}

	/**
	 * Ends the current text and returns its totals. The text's counts are added to those of earlier texts.
	 * @throws Error under the same conditions as `add`
	 */
	endText(): CountsTotals {
		if (this.#rest !== '') this.#read(this.#rest);
		const totals = { lines: this.#line, total: this.#total, bytes: this.#bytes };
		this.#rest = '';
		this.#line = this.#total = this.#bytes = 0;
		return totals;
	}

	/** Ends the text and returns all counts. @throws Error under the same conditions as `add` */
	finish(): PretokenCounts {
		this.endText();
		return this.#table.toCounts();
	}

	#read(line: string): void {
		// Some editors add a byte order mark.
		if (this.#line++ === 0 && line.startsWith('\ufeff')) line = line.slice(1);
		const end = line.endsWith('\r') ? line.length - 1 : line.length;
		const tab = line.lastIndexOf('\t');
		if (tab < 0) throw this.#error(line, 'a JSON string, a tab and a count');
		const pretoken = this.#parsePretoken(line.slice(0, tab));
		const count = this.#parseCount(line.slice(tab + 1, end));
		if (pretoken.length * 3 > this.#source.bytes.length) {
			this.#source = new ByteSource(new Uint8Array(pretoken.length * 6));
		}
		const { written } = this.#encoder.encodeInto(pretoken, this.#source.bytes);
		this.#table.add(this.#source, 0, written, count);
		this.#total += count;
		this.#bytes += count * written;
	}

	#parsePretoken(json: string): string {
		let pretoken: unknown;
		try {
			pretoken = JSON.parse(json);
		} catch {
			throw this.#error(json, 'a JSON string before the tab');
		}
		if (typeof pretoken !== 'string') throw this.#error(json, 'a JSON string before the tab');
		if (pretoken === '') throw this.#error(json, 'a pre-token of at least one character');
		if (!pretoken.isWellFormed()) {
			throw this.#error(json, 'a pre-token without lone surrogates, which have no UTF-8');
		}
		return pretoken;
	}

	#parseCount(digits: string): number {
		const count = Number(digits);
		if (/^\d+$/.test(digits) && count >= 1 && Number.isSafeInteger(count)) return count;
		throw this.#error(digits, `a whole number from 1 to ${Number.MAX_SAFE_INTEGER} after the tab`);
	}

	#error(got: string, expected: string): Error {
		const shown = got.length > 60 ? `${got.slice(0, 60)}…` : got;
		return new Error(`line ${this.#line}: got ${JSON.stringify(shown)}, expected ${expected}`);
	}
}
