/** Which token holds which letters. Offsets are bytes of the UTF-8 that the graphemes belong to. */
import type { Encoding } from '../../engine';
import type { Graphemes } from '../../tokenizers/graphemes';

/** A grapheme, or the part of one, that a token holds. */
export interface Cell {
	/** Index of the grapheme in the text. */
	readonly grapheme: number;
	/** The bytes of the grapheme in this token. */
	readonly byteStart: number;
	readonly byteEnd: number;
	/** Number of tokens that share the grapheme, and which of them this is, from 0. */
	readonly parts: number;
	readonly part: number;
}

interface GridToken {
	readonly id: number;
	readonly byteStart: number;
	readonly byteEnd: number;
	readonly cells: readonly Cell[];
	/** Number of matching graphemes that it holds whole. */
	readonly letters: number;
}

interface LetterCounts {
	/** n tokens: number of matching graphemes that each holds whole. */
	readonly perToken: Uint32Array;
	/** Number of matching graphemes that no token holds whole: several share them, or a normalizer removed them. */
	readonly split: number;
}

/**
 * Counts graphemes by token. The counts add up to the matches in the text.
 * @param matches one byte per grapheme, 1 if it is to be counted
 */
export function countByToken(
	graphemes: Graphemes,
	tokens: Encoding,
	matches: Uint8Array
): LetterCounts {
	const grid = gridOf(graphemes, tokens, matches, Infinity);
	const perToken = Uint32Array.from(grid, ({ letters }) => letters);
	const all = matches.reduce((sum, match) => sum + match, 0);
	return { perToken, split: perToken.reduce((rest, letters) => rest - letters, all) };
}

/**
 * The first tokens with the graphemes they hold. The cells cover every byte once if the tokens do.
 * @param limit number of cells after which no further token is added
 */
export function gridOf(
	{ ends }: Graphemes,
	tokens: Encoding,
	matches: Uint8Array,
	limit: number
): GridToken[] {
	const grid: GridToken[] = [];
	let first = 0;
	let count = 0;
	for (let token = 0; token < tokens.ids.length && count < limit; token++) {
		const byteStart = tokens.byteStarts[token];
		const byteEnd = tokens.byteEnds[token];
		while (first < ends.length && ends[first] <= byteStart) first++;
		const cells: Cell[] = [];
		let letters = 0;
		for (let grapheme = first; grapheme < ends.length; grapheme++) {
			const start = grapheme === 0 ? 0 : ends[grapheme - 1];
			const end = ends[grapheme];
			if (start >= byteEnd) break;
			const { parts, part } = partOf(tokens, token, start, end);
			if (parts === 1 && start >= byteStart && end <= byteEnd) letters += matches[grapheme];
			cells.push({
				grapheme,
				byteStart: Math.max(start, byteStart),
				byteEnd: Math.min(end, byteEnd),
				parts,
				part
			});
		}
		count += cells.length;
		grid.push({ id: tokens.ids[token], byteStart, byteEnd, cells, letters });
	}
	return grid;
}

/** The number of tokens that share bytes [start, end), and which of them `token` is. */
function partOf({ byteStarts, byteEnds }: Encoding, token: number, start: number, end: number) {
	let first = token;
	while (first > 0 && byteEnds[first - 1] > start) first--;
	let last = token;
	while (last + 1 < byteStarts.length && byteStarts[last + 1] < end) last++;
	return { parts: last - first + 1, part: token - first };
}
