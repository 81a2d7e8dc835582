import { ByteSource } from '../structures/byte-table';
import { decodeUtf8, encodeUtf8 } from '../text/utf8';
import { CountTable } from './count-table';
import type { PretokenCounts } from './types';

/**
 * Pre-token counts as text: a line a pre-token, which is a JSON string, a tab, and how often it occurs.
 * Partial counts may repeat a pre-token; readers add them up.
 */

const LINES_A_PART = 1 << 12;

/** The counts as text, in parts of some thousand lines. */
export function* writeCountsTsv(counts: PretokenCounts): Generator<string, void, undefined> {
	let text = '';
	for (let i = 0, at = 0; i < counts.ends.length; at = counts.ends[i++]) {
		text += `${JSON.stringify(decodeUtf8(counts.bytes.subarray(at, counts.ends[i])))}\t${counts.counts[i]}\n`;
		if ((i + 1) % LINES_A_PART === 0) {
			yield text;
			text = '';
		}
	}
	if (text) yield text;
}

/** Reads counts from text that arrives in pieces, cut anywhere. */
export class CountsTsvReader {
	readonly #table = new CountTable();
	#rest = '';
	#line = 0;

	/** @throws Error that names the line, what was got and what was expected. */
	add(text: string): void {
		const lines = (this.#rest + text).split('\n');
		this.#rest = lines.pop() ?? '';
		for (const line of lines) this.#read(line);
	}

	/** Ends the text, and gives what was counted. @throws Error as `add`. */
	finish(): PretokenCounts {
		if (this.#rest !== '') this.#read(this.#rest);
		this.#rest = '';
		return this.#table.toCounts();
	}

	#read(line: string): void {
		this.#line++;
		const [pretoken, count] = this.#parse(line.endsWith('\r') ? line.slice(0, -1) : line);
		const bytes = encodeUtf8(pretoken);
		this.#table.add(new ByteSource(bytes), 0, bytes.length, count);
	}

	#parse(line: string): [pretoken: string, count: number] {
		const tab = line.lastIndexOf('\t');
		if (tab < 0) throw this.#error(line, 'a JSON string, a tab and a count');
		let pretoken: unknown;
		try {
			pretoken = JSON.parse(line.slice(0, tab));
		} catch {
			throw this.#error(line.slice(0, tab), 'a JSON string before the tab');
		}
		if (typeof pretoken !== 'string') {
			throw this.#error(line.slice(0, tab), 'a JSON string before the tab');
		}
		if (pretoken === '') throw this.#error('""', 'a pre-token of at least one character');
		if (/\p{Cs}/u.test(pretoken)) {
			throw this.#error(line.slice(0, tab), 'no lone surrogate: it has no UTF-8');
		}
		const digits = line.slice(tab + 1);
		const count = Number(digits);
		if (!/^\d+$/.test(digits) || count < 1 || !Number.isSafeInteger(count)) {
			throw this.#error(digits, 'a whole number from 1 to 9007199254740991 after the tab');
		}
		return [pretoken, count];
	}

	#error(got: string, expected: string): Error {
		const shown = got.length > 60 ? `${got.slice(0, 60)}…` : got;
		return new Error(`line ${this.#line}: got ${JSON.stringify(shown)}, expected ${expected}`);
	}
}

/** Reads counts from the parts of a text. @throws Error that names the line, what was got and expected. */
export function readCountsTsv(parts: Iterable<string>): PretokenCounts {
	const reader = new CountsTsvReader();
	for (const part of parts) reader.add(part);
	return reader.finish();
}
