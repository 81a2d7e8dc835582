import {
	decodeUtf8,
	describeInvalidUtf8,
	encodeUtf8,
	firstInvalidUtf8,
	sequenceLength
} from '../lib/engine/text';
import { excludeEachOther, UserError } from './failure';
import { nameOf, type Io } from './io';

const NEWLINE = 0x0a;
/**
 * Length of the longest string that V8 supports, in UTF-16 code units. Decoding produces at most one code unit per
 * UTF-8 byte.
 */
export const MAX_TEXT_BYTES = (1 << 29) - 24;

/** Limit on line length for commands with bounded memory. */
export interface LineLimit {
	readonly bytes: number;
	/** Advice for the error about a line that is too long. */
	readonly advice: string;
}

const DEFAULT_LIMIT: LineLimit = { bytes: MAX_TEXT_BYTES, advice: 'split it' };

/** A line of input, without its newline. */
export interface Line {
	readonly text: string;
	/** Name in messages: `file.jsonl line 3`. */
	readonly name: string;
}

/**
 * Concatenated text from files, or from standard input if no files are named. Nothing is stripped, not even a byte
 * order mark.
 * @throws UserError for input that cannot be read or is not UTF-8 (naming the byte offset in its file)
 */
export async function readText(io: Pick<Io, 'open'>, paths: readonly string[]): Promise<string> {
	const texts: string[] = [];
	for (const path of inputs(paths)) {
		const bytes = await readBytes(io, path);
		texts.push(checkedText(bytes, 0, nameOf(path)));
	}
	return texts.length === 1 ? texts[0] : texts.join('');
}

/**
 * Reads a file's bytes and checks that they are UTF-8; chunks end at character boundaries.
 * @throws UserError as {@link readText}
 */
export async function* readUtf8(io: Pick<Io, 'open'>, path: string): AsyncGenerator<Uint8Array> {
	let rest: Uint8Array = new Uint8Array(0);
	let byte = 0;
	for await (const chunk of io.open(path)) {
		const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
		const end = completeLength(bytes);
		checkUtf8(bytes.subarray(0, end), byte, nameOf(path));
		yield bytes.subarray(0, end);
		rest = bytes.slice(end);
		byte += end;
	}
	checkUtf8(rest, byte, nameOf(path));
}

/** Length of the bytes, not counting an incomplete character at the end. */
function completeLength(bytes: Uint8Array): number {
	for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 3); at--) {
		if ((bytes[at] & 0xc0) === 0x80) continue;
		return bytes[at] >= 0xc0 && at + sequenceLength(bytes[at]) > bytes.length ? at : bytes.length;
	}
	return bytes.length;
}

/** @throws UserError for more bytes than a single text can contain */
export async function readBytes(io: Pick<Io, 'open'>, path: string): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of io.open(path)) {
		chunks.push(chunk);
		length += chunk.length;
		if (length > MAX_TEXT_BYTES) {
			throw new UserError(
				`${nameOf(path)}: the text is too long, expected at most ${MAX_TEXT_BYTES} bytes; split it, or use --jsonl`
			);
		}
	}
	return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}

/**
 * Lines from files in order, or from standard input. Each step yields the lines that arrived together; read them before
 * the next step. Lines are numbered from 1 in each file. A newline at the end of a file does not start a new line.
 * @throws UserError while lines are read: as {@link readText} does, and for a line that is too long
 */
export async function* readLines(
	io: Pick<Io, 'open'>,
	paths: readonly string[],
	limit = DEFAULT_LIMIT
): AsyncGenerator<Iterable<Line>> {
	for (const path of inputs(paths)) {
		let number = 0;
		let byte = 0;
		/** Reused, so that long lines don't leave copies in memory. */
		let buffer = new Uint8Array(0);
		const joined = (parts: readonly Uint8Array[]): Uint8Array => {
			const length = parts.reduce((total, part) => total + part.length, 0);
			if (length > buffer.length) buffer = new Uint8Array(length);
			let at = 0;
			for (const part of parts) {
				buffer.set(part, at);
				at += part.length;
			}
			return buffer.subarray(0, length);
		};
		const line = (parts: Uint8Array[]): Line => {
			const bytes = parts.length === 1 ? parts[0] : joined(parts);
			const name = `${nameOf(path)} line ${++number}`;
			if (bytes.length > limit.bytes) throw tooLong(name, limit);
			const text = checkedText(bytes, byte, name);
			byte += bytes.length + 1;
			return { text, name };
		};
		let parts: Uint8Array[] = [];
		let waiting = 0;
		const linesOf = function* (chunk: Uint8Array): Generator<Line> {
			let start = 0;
			for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
				yield line([...parts, chunk.subarray(start, end)]);
				parts = [];
				waiting = 0;
				start = end + 1;
			}
			if (start < chunk.length) parts.push(chunk.subarray(start));
			waiting += chunk.length - start;
			if (waiting > limit.bytes) throw tooLong(`${nameOf(path)} line ${number + 1}`, limit);
		};
		for await (const chunk of io.open(path)) yield linesOf(chunk);
		if (parts.length > 0) yield [line(parts)];
	}
}

/**
 * Groups lines into batches and yields each batch with its length in UTF-16 code units. If reading fails, the lines
 * before the error form the last batch.
 * @param maxUnits length at which a batch is full
 */
export function* inBatches(lines: Iterable<Line>, maxUnits: number): Generator<[Line[], number]> {
	let batch: Line[] = [];
	let units = 0;
	try {
		for (const line of lines) {
			batch.push(line);
			units += line.text.length;
			if (units < maxUnits) continue;
			yield [batch, units];
			[batch, units] = [[], 0];
		}
	} finally {
		if (batch.length > 0) yield [batch, units];
	}
}

const tooLong = (name: string, { bytes, advice }: LineLimit) =>
	new UserError(
		`${name}: got a line of more than ${bytes} bytes, expected a shorter one; ${advice}`
	);

/** Total size of files in bytes; `null` if any file's size is unknown. */
export async function totalBytes(io: Io, paths: readonly string[]): Promise<number | null> {
	const sizes = await Promise.all(inputs(paths).map((path) => io.sizeOf(path)));
	return sizes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

/**
 * Reports progress while the inputs are read.
 * @param total size of all inputs in bytes, and the number of times that they are read
 * @param describe formats the status line, given the number of bytes read
 */
export function withProgress(
	source: InputSource,
	io: Io,
	{ total, passes }: { readonly total: number | null; readonly passes: number },
	describe: (bytes: number) => string
): InputSource {
	let read = 0;
	return {
		kindOf: (path) => source.kindOf(path),
		async *open(path) {
			for await (const bytes of source.open(path)) {
				read += bytes.length;
				io.status(describe(read), total && Math.min(1, read / (passes * total)));
				yield bytes;
			}
		}
	};
}

/**
 * Creates the source of a command's input. If the option is present, its value replaces standard input.
 * @throws UserError if both files and the option are present, or for a file that does not exist
 */
export async function sourceOf(
	io: Io,
	files: readonly string[],
	option: string,
	text: string | undefined
): Promise<InputSource> {
	if (text === undefined) {
		for (const path of files) {
			if (path === '-' || (await io.kindOf(path)) !== 'nothing') continue;
			throw new UserError(
				`${path}: there is no such file; to pass the input itself, use ${option}`
			);
		}
		return io;
	}
	if (files.length > 0) throw excludeEachOther(option, `the file ${files[0]}`);
	return {
		async *open() {
			yield await Promise.resolve(encodeUtf8(text));
		},
		kindOf: () => Promise.resolve('stream')
	};
}

export type InputSource = Pick<Io, 'open' | 'kindOf'>;

/** Paths to read; standard input if no files are named. */
export const inputs = (paths: readonly string[]) => (paths.length === 0 ? ['-'] : paths);

/** @param offset of `bytes` within the whole input */
function checkedText(bytes: Uint8Array, offset: number, name: string): string {
	checkUtf8(bytes, offset, name);
	return decodeUtf8(bytes);
}

function checkUtf8(bytes: Uint8Array, offset: number, name: string): void {
	const invalid = firstInvalidUtf8(bytes);
	if (invalid < 0) return;
	throw new UserError(`${name}: ${describeInvalidUtf8(offset + invalid, bytes[invalid])}`);
}
