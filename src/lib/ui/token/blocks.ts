import type { Encoding } from '../../engine';
import type { TokenDisplay } from './drawn-token';
import { foldOf } from './fold';

/**
 * A long list of tokens cut into blocks, the unit of drawing: block b holds the tokens
 * `starts[b]` to `starts[b + 1]`.
 */
export interface Blocks {
	/** Number of blocks + 1 entries. */
	readonly starts: Uint32Array;
	/** Number of tokens over all blocks. */
	readonly tokens: number;
}

/** A line break ends a block that has this many tokens … */
const FEWEST = 24;
/** … and without one it ends here, so that a text of one line can be drawn in pieces too. */
const MOST = 64;

const NEWLINE = 0x0a;

/** All tokens in one block: a short text is one flow. */
export function oneBlock(tokens: number): Blocks {
	return { starts: Uint32Array.of(0, tokens), tokens };
}

/**
 * Cuts an encoding into blocks. A block ends after a token that ends its line, where there is one;
 * else after a fixed number of tokens, which shows as a line break that the text does not have.
 */
export function cutIntoBlocks(document: Uint8Array, encoding: Encoding): Blocks {
	const { byteStarts, byteEnds } = encoding;
	const tokens = byteEnds.length;
	const starts = new Uint32Array(Math.ceil(tokens / FEWEST) + 2);
	let count = 0;
	let from = 0;
	for (let token = 0; token < tokens; token++) {
		const size = token + 1 - from;
		if (size < FEWEST) continue;
		const end = byteEnds[token];
		const endsLine = end > byteStarts[token] && document[end - 1] === NEWLINE;
		if (!endsLine && size < MOST) continue;
		starts[++count] = from = token + 1;
	}
	if (from < tokens) starts[++count] = tokens;
	return { starts: starts.subarray(0, count + 1), tokens };
}

/** The block that holds token `token`, by bisection. */
export function blockOf({ starts }: Blocks, token: number): number {
	let low = 0;
	let high = starts.length - 2;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if (starts[middle] <= token) low = middle;
		else high = middle - 1;
	}
	return low;
}

/**
 * Estimated number of lines of every block when `columns` characters fit in one. Good enough for a
 * scroll bar; what is drawn gets measured. One pass over the bytes.
 */
export function estimateLines(
	document: Uint8Array,
	{ ids, byteStarts, byteEnds }: Encoding,
	{ starts }: Blocks,
	columns: number,
	display: TokenDisplay
): Float32Array {
	const lines = new Float32Array(starts.length - 1);
	for (let block = 0; block < lines.length; block++) {
		let full = 0;
		let column = 0;
		const [from, to] = [starts[block], starts[block + 1]];
		let drawnTo = byteStarts[from];
		for (let token = from; token < to; token++) {
			const end = byteEnds[token];
			const start = display === 'text' ? drawnTo : byteStarts[token];
			const fold = foldOf(document, start, end);
			drawnTo = end;
			if (display === 'ids') column += digits(ids[token]) + 1;
			else if (display === 'bytes') column += 3 * (end - start - (fold.to - fold.from));
			else {
				for (let byte = start; byte < end; byte = byte + 1 === fold.from ? fold.to : byte + 1) {
					const value = document[byte];
					if (value === NEWLINE) {
						full += Math.max(1, Math.ceil((column + 1) / columns));
						column = 0;
					} else if ((value & 0xc0) !== 0x80) column++;
				}
				// The 1 px between tokens, in characters of about 8 px.
				column += 1 / 8;
			}
		}
		lines[block] = Math.max(1, full + (column > 0 ? Math.ceil(column / columns) : 0));
	}
	return lines;
}

function digits(id: number): number {
	return id < 1000 ? 3 : id < 10_000 ? 4 : id < 100_000 ? 5 : 6;
}
