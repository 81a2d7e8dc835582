/** Splits a corpus into sections to read, and each section into windows to draw. */
import { encodeUtf8 } from '../../engine/text';
import type { Corpus } from './corpus';

const NEWLINE = 0x0a;

/**
 * Reads the section of a corpus that begins at a given byte, or ends there when reading backwards. The section consists
 * of whole lines if they are short enough.
 * @param byte boundary of another section, or 0
 * @param size in bytes, at least four
 */
export async function readSection(
	corpus: Corpus,
	byte: number,
	direction: -1 | 1,
	size: number
): Promise<{ byteStart: number; text: Uint8Array }> {
	// Read a few more bytes to see whether the boundary is inside a character.
	const start = direction === 1 ? byte : Math.max(0, byte - size - 4);
	const end = direction === 1 ? byte + size + 1 : byte;
	const read =
		corpus.kind === 'text'
			? encodeUtf8(corpus.text).subarray(start, end)
			: new Uint8Array(await corpus.file.slice(start, end).arrayBuffer());
	const from = direction === 1 ? 0 : lineStart(read, read.length, size);
	const to = direction === 1 ? lineEnd(read, 0, size) : read.length;
	return { byteStart: start + from, text: read.slice(from, to) };
}

/**
 * End of a range that begins at `from` and has at most `size` bytes: the end of a line if possible, or else the end of
 * a character.
 */
export function lineEnd(bytes: Uint8Array, from: number, size: number): number {
	const end = from + size;
	if (end >= bytes.length) return bytes.length;
	const newline = bytes.lastIndexOf(NEWLINE, end - 1);
	return newline >= from + size / 2 ? newline + 1 : characterStart(bytes, end);
}

/**
 * Start of a range that ends at `to` and has about `size` bytes: the start of a line if possible, or else the start of
 * a character.
 */
export function lineStart(bytes: Uint8Array, to: number, size: number): number {
	const start = to - size;
	if (start <= 0) return 0;
	const newline = bytes.indexOf(NEWLINE, start - 1);
	return newline >= 0 && newline < to - size / 2 ? newline + 1 : characterStart(bytes, start);
}

/** Start of a window that shows `byte`: the start of its line if that is nearby, otherwise the start of its character. */
export function windowStart(bytes: Uint8Array, byte: number, size: number): number {
	if (byte === 0) return 0;
	const newline = bytes.lastIndexOf(NEWLINE, byte - 1);
	return byte - newline <= size / 2 ? newline + 1 : characterStart(bytes, byte);
}

function characterStart(bytes: Uint8Array, byte: number): number {
	let at = byte;
	while (at > 0 && at < bytes.length && (bytes[at] & 0xc0) === 0x80) at--;
	return at;
}
