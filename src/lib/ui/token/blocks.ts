import type { Encoding } from '../../engine';
import { countCharsOfUtf8 } from '../../engine/text';
import { countEqualSpans } from '../../tokenizers/differing-spans';
import type { TokenDisplay } from './drawn-token';
import { foldOf, MAX_UNFOLDED_BYTES } from './fold';
import { firstWhere } from './token-lookup';

/**
 * Starts of the blocks, the units of drawing, of a long list of tokens: block b holds the tokens
 * `[starts[b], starts[b + 1])`. The last entry is the number of tokens.
 */
export type BlockStarts = Uint32Array;

/** Number of tokens from which a newline ends a block. */
const MIN_BLOCK_TOKENS = 24;
/** Number of tokens after which a block ends without a newline, so that a long line has blocks too. */
const MAX_BLOCK_TOKENS = 64;

const NEWLINE = 0x0a;
/** Width of the line between two tokens, 1 px, in characters of about 8 px. */
const TOKEN_COLUMNS = 1 / 8;

/**
 * Splits an encoding into blocks. A block ends after a token that ends its line, or else after a
 * fixed number of tokens, which adds a line break that the text does not have.
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
		if (!endsLine && size < MAX_BLOCK_TOKENS) continue;
		starts[++count] = from = token + 1;
	}
	if (from < tokens) starts[++count] = tokens;
	return starts.subarray(0, count + 1);
}

/** Returns the block that holds a token, clamped to the last one. */
export function blockOf(starts: BlockStarts, token: number): number {
	return firstWhere(starts.length - 2, (block) => starts[block + 1] > token);
}

/** Everything that the number of lines depends on. */
interface LineInput {
	readonly document: Uint8Array;
	readonly encoding: Encoding;
	readonly starts: BlockStarts;
	/** Characters per line. */
	readonly columns: number;
	readonly display: TokenDisplay;
}

/** Estimates lines, and takes over those of the blocks before the first change: an edit changes few blocks of a long text. */
export class LineEstimator {
	#last: { readonly input: LineInput; readonly lines: Float32Array } | null = null;

	/** Estimates the number of lines of every block. Good enough for a scroll bar; drawn blocks are measured. */
	estimate(input: LineInput): Float32Array {
		const lines = new Float32Array(input.starts.length - 1);
		let block = this.#last ? countEqualBlocks(input, this.#last.input) : 0;
		if (this.#last) lines.set(this.#last.lines.subarray(0, block));
		for (; block < lines.length; block++) lines[block] = linesOf(input, block);
		this.#last = { input, lines };
		return lines;
	}
}

/** Number of leading blocks with the same tokens. */
function countEqualBlocks(a: LineInput, b: LineInput): number {
	if (a.columns !== b.columns || a.display !== b.display) return 0;
	const tokens = countEqualTokens(a.encoding, b.encoding);
	let blocks = 0;
	while (a.starts[blocks + 1] <= tokens && a.starts[blocks + 1] === b.starts[blocks + 1]) blocks++;
	return blocks;
}

function countEqualTokens(a: Encoding, b: Encoding): number {
	const most = countEqualSpans(a, b);
	const [ids, others] = [a.ids, b.ids];
	let token = 0;
	while (token < most && ids[token] === others[token]) token++;
	return token;
}

function linesOf(input: LineInput, block: number): number {
	const { document, encoding, starts, columns, display } = input;
	const { ids, byteStarts, byteEnds } = encoding;
	const [from, to] = [starts[block], starts[block + 1]];
	if (display === 'text' && byteEnds[to - 1] - byteStarts[from] <= MAX_UNFOLDED_BYTES)
		return linesOfText(input, from, to);
	let full = 0;
	let column = 0;
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
					full += linesTo(column + 1, columns);
					column = 0;
				} else if ((value & 0xc0) !== 0x80) column++;
			}
			column += TOKEN_COLUMNS;
		}
	}
	return full + lastLines(column, columns, full);
}

/** The same for tokens without folded bytes. Searches line ends natively: this runs over every byte of every view. */
function linesOfText({ document, encoding, columns }: LineInput, from: number, to: number): number {
	const { byteStarts, byteEnds } = encoding;
	const [start, end] = [byteStarts[from], byteEnds[to - 1]];
	const columnsPerByte = (TOKEN_COLUMNS * (to - from)) / Math.max(1, end - start);
	const text = document.subarray(start, end);
	let lines = 0;
	let at = 0;
	for (let stop = text.indexOf(NEWLINE); stop >= 0; stop = text.indexOf(NEWLINE, at)) {
		const column = countCharsOfUtf8(text.subarray(at, stop)) + columnsPerByte * (stop - at);
		lines += linesTo(column + 1, columns);
		at = stop + 1;
	}
	const column = countCharsOfUtf8(text.subarray(at)) + columnsPerByte * (text.length - at);
	return lines + lastLines(column, columns, lines);
}

/** Lines after the last line end: none after a line end that ends the block, but a block has at least one. */
const lastLines = (column: number, columns: number, before: number): number =>
	column >= 1 ? Math.ceil(column / columns) : before > 0 ? 0 : 1;

/** Lines that end at a column; an empty line is one. */
const linesTo = (column: number, columns: number): number =>
	Math.max(1, Math.ceil(column / columns));

function digits(id: number): number {
	return id < 1000 ? 3 : id < 10_000 ? 4 : id < 100_000 ? 5 : 6;
}
