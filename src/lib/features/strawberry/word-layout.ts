/** Lays out a word's letters and its tokens' ids so that each id is below its letters. */
import type { Encoding } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { onCircles } from '../../ui/token/parts';
import { tokenText } from '../../ui/token/token-text';
import type { VariantTokens } from './variant-tokens';

/** Byte range in the word, which identifies the same letters in every tokenizer. */
export interface WordRange {
	readonly start: number;
	readonly end: number;
}

/** What to draw at one position in a row. */
export interface Piece {
	/** Index of the letter or token; -1 where the row is empty. */
	readonly index: number;
	/** Width in `ch`. */
	readonly width: number;
	/** Whether the letter or token begins or ends here; it may begin in one segment and end in a later one. */
	readonly starts: boolean;
	readonly ends: boolean;
}

/** Part of the word that stays on one line and has the same width in all rows. */
export interface Segment {
	readonly width: number;
	readonly letters: readonly Piece[];
	readonly alone: readonly Piece[];
	readonly sentence: readonly Piece[];
}

/** Maximum number of bytes to draw, including the space. Tokens that aren't drawn are still counted. */
const MAX_DRAWN_BYTES = 160;
/** Maximum width in `ch` of a segment with several pieces, chosen to fit on the narrowest phone. */
const MAX_WIDTH = 26;
/** Number of positions into which each byte is divided, to make room for tokens without bytes of their own. */
const PLACES = 1024;

/** A row of letters or tokens. Positions are byte offsets into the word and the space before it. */
interface Row {
	readonly starts: ArrayLike<number>;
	readonly ends: ArrayLike<number>;
	readonly widthOf: (index: number) => number;
}

/** Lays out three rows: the letters, the ids of the word on its own, and its ids in a sentence. */
export function layOut(alone: VariantTokens, sentence: VariantTokens): Segment[] {
	const { texts, ends } = sentence.variant.graphemes();
	const letters: Row = {
		starts: [0, ...ends.subarray(0, -1)],
		ends,
		widthOf: (index) => widthOfLetter(texts[index])
	};
	const rows = [
		letters,
		idRow(alone.encoding, sentence.variant.lead, addsSpace(alone, sentence)),
		idRow(sentence.encoding, 0, false)
	];
	return segmentsOf(rows, Math.min(ends.at(-1) ?? 0, MAX_DRAWN_BYTES));
}

/**
 * @param shift number of bytes drawn before the encoded text; with `reachesBack`, the first token includes these bytes
 */
function idRow({ ids, byteStarts, byteEnds }: Encoding, shift: number, reachesBack: boolean): Row {
	return {
		starts: byteStarts.map((byte, i) => (i === 0 && reachesBack ? 0 : byte + shift)),
		ends: byteEnds.map((byte) => byte + shift),
		widthOf: (index) => String(ids[index]).length + 1.3
	};
}

/**
 * Whether the tokenizer itself adds a space before the word. If so, the first token is the same whether or not the
 * text has a space there.
 */
export const addsSpace = (alone: VariantTokens, sentence: VariantTokens): boolean =>
	alone.encoding.ids.length > 0 &&
	alone.encoding.ids[0] === sentence.encoding.ids[0] &&
	sentence.encoding.byteStarts[0] === 0;

/** Lists the items of a row from left to right, without overlaps and with a position for every token. */
function itemsOf({ starts, ends }: Row, limit: number) {
	const items: { from: number; to: number }[] = [];
	for (let i = 0, at = 0; i < starts.length && (starts[i] < limit || ends[i] <= limit); i++) {
		// If a normalizer decomposed a letter into several tokens, all of these tokens span the letter, but only the
		// first is drawn below it.
		const from = Math.max(starts[i] * PLACES, at);
		at = Math.max(Math.min(ends[i], limit) * PLACES, from + 1);
		items.push({ from, to: at });
	}
	return items;
}

/**
 * Divides the word wherever an item begins or ends in any row.
 * @returns by row and division: the index of the item there, or -1
 */
function divide(rows: readonly Row[], limit: number): number[][] {
	const items = rows.map((row) => itemsOf(row, limit));
	const edges = new Set(items.flat().flatMap(({ from, to }) => [from, to]));
	const places = [...edges].sort((a, b) => a - b).slice(0, -1);
	return items.map((row) => {
		let at = 0;
		return places.map((place) => {
			while (at < row.length && row[at].to <= place) at++;
			return at < row.length && row[at].from <= place ? at : -1;
		});
	});
}

function segmentsOf(rows: readonly Row[], limit: number): Segment[] {
	const drawn = divide(rows, limit);
	const count = drawn[0].length;
	const startsAt = (row: number, at: number) =>
		at === 0 || at === count || drawn[row][at] < 0 || drawn[row][at] !== drawn[row][at - 1];

	const piecesOf = (row: number, from: number, to: number) => {
		const starts = Array.from({ length: to - from }, (_, i) => from + i).filter(
			(at) => at === from || startsAt(row, at)
		);
		return starts.map((at, i) => ({ index: drawn[row][at], from: at, to: starts[i + 1] ?? to }));
	};
	/** Minimum widths of the divisions in a range, such that every letter and id that begins there fits. */
	const widthsOf = (from: number, to: number) => {
		const widths = new Array<number>(to).fill(0);
		rows.forEach(({ widthOf }, row) => {
			for (const piece of piecesOf(row, from, to)) {
				if (piece.index < 0 || !startsAt(row, piece.from)) continue;
				const lacking = widthOf(piece.index) - sum(widths.slice(piece.from, piece.to));
				const share = Math.max(0, lacking) / (piece.to - piece.from);
				for (let at = piece.from; at < piece.to; at++) widths[at] += share;
			}
		});
		return widths;
	};
	const segments: Segment[] = [];
	for (let from = 0, to = 0; from < count; from = to) {
		// A segment ends where ids end in both rows, or earlier if it would get too wide.
		do to++;
		while (
			to < count &&
			!(startsAt(1, to) && startsAt(2, to)) &&
			sum(widthsOf(from, to + 1)) <= MAX_WIDTH
		);
		const widths = widthsOf(from, to);
		const [letters, alone, sentence] = rows.map((_, row) =>
			piecesOf(row, from, to).map((piece) => ({
				index: piece.index,
				width: sum(widths.slice(piece.from, piece.to)),
				starts: startsAt(row, piece.from),
				ends: startsAt(row, piece.to)
			}))
		);
		segments.push({ width: sum(widths), letters, alone, sentence });
	}
	return segments;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/**
 * Counts the matching letters that are entirely within a token. A letter that several tokens share isn't counted for
 * any of them.
 */
export function lettersIn(
	{ variant, encoding: { byteStarts, byteEnds } }: VariantTokens,
	token: number,
	matches: Uint8Array
): number {
	const { ends } = variant.graphemes();
	const from = Math.max(byteStarts[token], token === 0 ? 0 : byteEnds[token - 1]);
	const to = Math.min(byteEnds[token], byteStarts.at(token + 1) ?? Infinity);
	let count = 0;
	for (let i = 0; i < ends.length && ends[i] <= to; i++)
		if ((i === 0 ? 0 : ends[i - 1]) >= from) count += matches[i];
	return count;
}

/** Text of a token: `·straw`, `<e8 8d>`; `▁` for a token without bytes. */
export const spell = (bytes: Uint8Array): string => (bytes.length === 0 ? '▁' : tokenText(bytes));

/**
 * Text to draw for a letter: white space as a mark, an invisible character by name, and a lone combining mark on a
 * circle.
 */
export const letterText = (letter: string): string =>
	[...letter].length === 1 || letter === '\r\n' ? tokenText(encodeUtf8(letter)) : onCircles(letter);

/**
 * Estimated width of a letter in `ch`. Most characters from U+1100 on are wide. For an invisible character, the width
 * is that of its name, which is drawn instead.
 */
function widthOfLetter(letter: string): number {
	const { length } = letterText(letter);
	if (letter.length === 1 && length > 2) return length + 1.3;
	return (letter.codePointAt(0) ?? 0) < 0x1100 ? 2.2 : 3;
}
