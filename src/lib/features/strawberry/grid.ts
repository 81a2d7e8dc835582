/** Letters above the tokens that hold them. */
import type { Graphemes } from '../../tokenizers/graphemes';

/** Where the tokens of a text are; offsets are bytes of the UTF-8 that the graphemes are of. */
export interface LaidTokens {
	readonly ids: ArrayLike<number>;
	readonly byteStarts: ArrayLike<number>;
	readonly byteEnds: ArrayLike<number>;
}

/** A grapheme, or the part of one, that a token holds. */
export interface Cell {
	/** Which grapheme of the text, from 0. */
	readonly grapheme: number;
	/** The bytes of it that lie in the token. */
	readonly byteStart: number;
	readonly byteEnd: number;
	/** In how many parts tokens cut the grapheme, and which this one is, from 0; 1 and 0: it is whole. */
	readonly parts: number;
	readonly part: number;
}

export interface GridToken {
	readonly id: number;
	readonly byteStart: number;
	readonly byteEnd: number;
	readonly cells: readonly Cell[];
	/** How many of the letter asked for it holds whole. */
	readonly letters: number;
}

export interface LetterCounts {
	/** n tokens: how many of the graphemes asked for each holds whole. */
	readonly perToken: Uint32Array;
	/**
	 * How many of them are cut, shared by several tokens (a normalizer took them apart) or held by none (it
	 * took them away): nobody's.
	 */
	readonly cut: number;
}

/**
 * Counts graphemes by token. What the tokens hold and what is cut add up to those of the text.
 * @param matches one byte a grapheme, 1 for those asked for
 */
export function countByToken(
	{ ends }: Graphemes,
	tokens: LaidTokens,
	matches: Uint8Array
): LetterCounts {
	const perToken = new Uint32Array(tokens.ids.length);
	let cut = 0;
	for (let grapheme = 0, token = 0, start = 0; grapheme < ends.length; grapheme++) {
		const end = ends[grapheme];
		// The first token that ends where the grapheme does or later holds it, or none does.
		while (token < perToken.length && tokens.byteEnds[token] < end) token++;
		const held = token < perToken.length && tokens.byteStarts[token] <= start;
		if (held && partIn(tokens, token, start, end).parts === 1) perToken[token] += matches[grapheme];
		else cut += matches[grapheme];
		start = end;
	}
	return { perToken, cut };
}

/**
 * The tokens with the graphemes they hold, from the first on. Their cells show every byte of the text
 * once, as long as the tokens tile it.
 * @param limit no token follows once there are so many cells
 */
export function gridOf(
	{ ends }: Graphemes,
	tokens: LaidTokens,
	matches: Uint8Array,
	limit: number
): GridToken[] {
	const grid: GridToken[] = [];
	let first = 0;
	let laid = 0;
	for (let token = 0; token < tokens.ids.length && laid < limit; token++) {
		const byteStart = tokens.byteStarts[token];
		const byteEnd = tokens.byteEnds[token];
		while (first < ends.length && ends[first] <= byteStart) first++;
		const cells: Cell[] = [];
		let letters = 0;
		for (let grapheme = first; grapheme < ends.length; grapheme++) {
			const start = grapheme === 0 ? 0 : ends[grapheme - 1];
			const end = ends[grapheme];
			if (start >= byteEnd) break;
			const { parts, part } = partIn(tokens, token, start, end);
			if (parts === 1 && start >= byteStart && end <= byteEnd) letters += matches[grapheme];
			cells.push({
				grapheme,
				byteStart: Math.max(start, byteStart),
				byteEnd: Math.min(end, byteEnd),
				parts,
				part
			});
		}
		laid += cells.length;
		grid.push({ id: tokens.ids[token], byteStart, byteEnd, cells, letters });
	}
	return grid;
}

/** Into how many parts the tokens cut bytes [start, end), and which of them `token` has. */
function partIn({ byteStarts, byteEnds }: LaidTokens, token: number, start: number, end: number) {
	let first = token;
	while (first > 0 && byteEnds[first - 1] > start) first--;
	let last = token;
	while (last + 1 < byteStarts.length && byteStarts[last + 1] < end) last++;
	return { parts: last - first + 1, part: token - first };
}
