import type { Encoding } from '../../engine';
import type { TokenDisplay } from './drawn-token';
import { MAX_UNFOLDED_BYTES } from './fold';
import { firstWhere } from './token-lookup';
import { isContinuation } from './utf8';

/**
 * First token of each block, followed by the number of tokens. A long list of tokens is drawn in blocks; block b
 * contains tokens `[starts[b], starts[b + 1])`.
 */
export type BlockStarts = Uint32Array;

/** Number of tokens after which a newline ends a block. */
const MIN_BLOCK_TOKENS = 24;
/** Number of tokens after which the end of a word ends a block, so that even long lines are split into blocks. */
const LONG_BLOCK_TOKENS = 64;
/** Number of tokens after which a block always ends. */
const MAX_BLOCK_TOKENS = 96;

const NEWLINE = 0x0a;
const SPACE = 0x20;
/** Width of the 1 px line between two tokens, in characters of about 8 px. */
const TOKEN_COLUMNS = 1 / 8;

/**
 * Splits an encoding into blocks. A block normally ends at the end of a line. A long line is split, between words if
 * possible, and drawn with a line break that isn't in the text.
 */
export function splitIntoBlocks(document: Uint8Array, encoding: Encoding): BlockStarts {
	const { byteStarts, byteEnds } = encoding;
	const tokens = byteEnds.length;
	const starts = new Uint32Array(Math.ceil(tokens / MIN_BLOCK_TOKENS) + 2);
	let count = 0;
	let from = 0;
	for (let token = 0; token < tokens; token++) {
		const size = token + 1 - from;
		if (size < MIN_BLOCK_TOKENS) continue;
		const end = byteEnds[token];
		const endsLine = end > byteStarts[token] && document[end - 1] === NEWLINE;
		const endsWord = document[end] === SPACE || document[end - 1] === SPACE;
		const isLong = size >= (endsWord ? LONG_BLOCK_TOKENS : MAX_BLOCK_TOKENS);
		if (!endsLine && !isLong) continue;
		starts[++count] = from = token + 1;
	}
	if (from < tokens) starts[++count] = tokens;
	return starts.subarray(0, count + 1);
}

/** Returns the index of the block that contains a token; the nearest block if the token is outside the list. */
export function blockOf(starts: BlockStarts, token: number): number {
	return firstWhere(starts.length - 2, (block) => starts[block + 1] > token);
}

/**
 * Estimates the number of lines in each block, accurately enough for a scroll bar. Drawn blocks are measured instead.
 * @param columns characters per line
 */
export function estimateLines(
	document: Uint8Array,
	{ ids, byteStarts, byteEnds }: Encoding,
	starts: BlockStarts,
	columns: number,
	display: TokenDisplay
): Float32Array {
	const lines = new Float32Array(starts.length - 1);
	for (let block = 0; block < lines.length; block++) {
		let column = 0;
		for (let token = starts[block]; token < starts[block + 1]; token++) {
			const start = byteStarts[token];
			// A token longer than this is folded.
			const end = Math.min(byteEnds[token], start + MAX_UNFOLDED_BYTES);
			if (display === 'ids') column += String(ids[token]).length + 1;
			else if (display === 'bytes') column += 3 * (end - start);
			else {
				column += TOKEN_COLUMNS;
				for (let byte = start; byte < end; byte++) {
					const value = document[byte];
					if (value === NEWLINE) {
						lines[block] += Math.max(1, Math.ceil(column / columns));
						column = 0;
					} else if (!isContinuation(value)) column++;
				}
			}
		}
		if (column >= 1 || lines[block] === 0) lines[block] += Math.max(1, Math.ceil(column / columns));
	}
	return lines;
}
