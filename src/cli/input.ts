import { decodeUtf8, firstInvalidUtf8 } from '../lib/engine/text';
import { UserError } from './failure';
import { nameOf, type Io } from './io';

const NEWLINE = 0x0a;
/** Longest string of V8 in UTF-16 code units; a UTF-8 byte is at most one of them. */
const MAX_TEXT_BYTES = (1 << 29) - 24;

/** One line of an input, without its newline. */
export interface Line {
	readonly text: string;
	/** Name for messages: `file.jsonl line 3`. */
	readonly name: string;
}

/**
 * Concatenated text of files, or of standard input if there are none. Nothing is stripped, not even a
 * byte order mark.
 * @throws UserError for input that cannot be read, or is not UTF-8 (with the byte offset in its file)
 */
export async function readText(io: Io, paths: readonly string[]): Promise<string> {
	const texts: string[] = [];
	for (const path of inputs(paths)) {
		const bytes = await readBytes(io, path);
		texts.push(checkedText(bytes, 0, nameOf(path)));
	}
	return texts.length === 1 ? texts[0] : texts.join('');
}

/** @throws UserError for more bytes than one text may have */
export async function readBytes(io: Io, path: string): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of io.open(path)) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > MAX_TEXT_BYTES) {
			throw new UserError(
				`${nameOf(path)}: got more than ${MAX_TEXT_BYTES} bytes, expected fewer in one text; split it, or use --jsonl`
			);
		}
	}
	return chunks.length === 1 ? chunks[0] : concatenate(chunks, length);
}

/**
 * Lines of files in order, or of standard input. Each step yields those that arrived together, which must
 * be read before the next step. Each file's lines are counted from 1; a final newline begins no line.
 * @throws UserError as {@link readText}, when the line is read
 */
export async function* readLines(io: Io, paths: readonly string[]): AsyncGenerator<Iterable<Line>> {
	for (const path of inputs(paths)) {
		let number = 0;
		let byte = 0;
		const line = (parts: Uint8Array[]): Line => {
			const bytes = parts.length === 1 ? parts[0] : concatenate(parts, sum(parts));
			const name = `${nameOf(path)} line ${++number}`;
			const text = checkedText(bytes, byte, name);
			byte += bytes.length + 1;
			return { text, name };
		};
		let parts: Uint8Array[] = [];
		const linesOf = function* (chunk: Uint8Array): Generator<Line> {
			let start = 0;
			for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
				yield line([...parts, chunk.subarray(start, end)]);
				parts = [];
				start = end + 1;
			}
			if (start < chunk.length) parts.push(chunk.subarray(start));
		};
		for await (const chunk of io.open(path)) yield linesOf(chunk);
		if (parts.length > 0) yield [line(parts)];
	}
}

/** Paths to read: standard input if no files are named. */
export const inputs = (paths: readonly string[]) => (paths.length === 0 ? ['-'] : paths);

/** @param offset of `bytes` in the whole input */
function checkedText(bytes: Uint8Array, offset: number, name: string): string {
	const invalid = firstInvalidUtf8(bytes);
	if (invalid >= 0) {
		const found = bytes[invalid].toString(16).padStart(2, '0');
		throw new UserError(
			`${name}: not UTF-8 at byte ${offset + invalid} (0x${found}); convert it to UTF-8 first`
		);
	}
	return decodeUtf8(bytes);
}

const sum = (parts: readonly Uint8Array[]) => parts.reduce((total, part) => total + part.length, 0);

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
	const all = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
