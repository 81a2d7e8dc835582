import type { CountingRules } from '../../engine/train';
import type { CorpusFile } from './corpus';

/** A part of a file. */
export interface FilePart {
	readonly byteStart: number;
	readonly bytes: Blob;
}

/** Size of the smallest part that is worth a worker, in bytes. */
const MIN_PART_BYTES = 4e6;
/** Number of bytes after an even split that are searched for a boundary. */
const SEARCH_BYTES = 1 << 16;

const NEWLINE = 0x0a;
const isLetter = (byte: number | undefined) =>
	byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/**
 * Splits a file into about `count` parts of equal size, at boundaries that no pre-token crosses. Fed by line,
 * those are the newlines. Otherwise they are the newlines between two ASCII letters, where every named pattern
 * splits. A file stays whole if it has no such boundary, or if the pattern is the user's own.
 * @param sizes of the smallest part and of the searched window, in bytes
 */
export async function fileParts(
	file: CorpusFile,
	{ pattern, feed }: CountingRules,
	count: number,
	{ minBytes, searchBytes } = { minBytes: MIN_PART_BYTES, searchBytes: SEARCH_BYTES }
): Promise<FilePart[]> {
	const isNamed = typeof pattern === 'string' && pattern !== 'none';
	const parts = feed === 'lines' || isNamed ? Math.min(count, Math.floor(file.size / minBytes)) : 1;
	const starts = [0];
	for (let part = 1; part < parts; part++) {
		const even = Math.round((file.size * part) / parts);
		const window = new Uint8Array(await file.slice(even, even + searchBytes).arrayBuffer());
		const at = boundaryIn(window, feed);
		if (at !== null && even + at > (starts.at(-1) ?? 0)) starts.push(even + at);
	}
	return starts.map((byteStart, i) => ({
		byteStart,
		bytes: file.slice(byteStart, starts[i + 1] ?? file.size)
	}));
}

/** Offset of the first boundary in a window; `null` if there is none. */
function boundaryIn(window: Uint8Array, feed: CountingRules['feed']): number | null {
	for (let at = window.indexOf(NEWLINE); at >= 0; at = window.indexOf(NEWLINE, at + 1)) {
		if (feed === 'lines' || (isLetter(window[at - 1]) && isLetter(window[at + 1]))) return at + 1;
	}
	return null;
}
