import type { CountingRules } from '../../engine/train';
import type { CorpusFile } from '../../session/corpus';

/** A part of a file. */
export interface FilePart {
	readonly byteStart: number;
	readonly bytes: Blob;
}

/** Smaller parts are not worth a worker, in bytes. */
const LEAST = 4e6;
/** How far from an even cut a place to cut is looked for, in bytes. */
const REACH = 1 << 16;

const NEWLINE = 0x0a;
const isLetter = (byte: number | undefined) =>
	byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/**
 * Cuts a file into about `count` parts of equal size, where no pre-token looks across: after a newline
 * when every line is a text of its own, else after a newline between two ASCII letters, which every
 * named pattern cuts at. Of a pattern of the user's nothing is known, so the file stays whole; so does a
 * file without such places.
 * @param sizes bytes: of the smallest part, and how far from an even cut a place for it is looked for
 */
export async function fileParts(
	file: CorpusFile,
	{ pattern, feed }: CountingRules,
	count: number,
	{ least, reach } = { least: LEAST, reach: REACH }
): Promise<FilePart[]> {
	const isNamed = typeof pattern === 'string' && pattern !== 'none';
	const parts = feed === 'lines' || isNamed ? Math.min(count, Math.floor(file.size / least)) : 1;
	const cuts = [0];
	for (let part = 1; part < parts; part++) {
		const even = Math.round((file.size * part) / parts);
		const window = new Uint8Array(await file.slice(even, even + reach).arrayBuffer());
		const at = cutIn(window, feed);
		if (at !== null && even + at > (cuts.at(-1) ?? 0)) cuts.push(even + at);
	}
	return cuts.map((byteStart, i) => ({
		byteStart,
		bytes: file.slice(byteStart, cuts[i + 1] ?? file.size)
	}));
}

/** The first place in the window after which a part may begin. */
function cutIn(window: Uint8Array, feed: CountingRules['feed']): number | null {
	for (let at = window.indexOf(NEWLINE); at >= 0; at = window.indexOf(NEWLINE, at + 1)) {
		if (feed === 'lines' || (isLetter(window[at - 1]) && isLetter(window[at + 1]))) return at + 1;
	}
	return null;
}
