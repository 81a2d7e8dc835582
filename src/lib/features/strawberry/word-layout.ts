/** Where the letters of a word and the ids of its tokens are drawn, so that each id is below its letters. */
import type { Encoding } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { onCircles } from '../../ui/token/parts';
import { tokenText } from '../../ui/token/token-text';
import type { VariantTokens } from './variant-tokens';

/** Bytes of the word, by which the same letters are found under a different tokenizer. */
export interface WordRange {
	readonly start: number;
	readonly end: number;
}

/** What is drawn in one place of a row. */
export interface Piece {
	/** Index of the letter or the token; -1 where the row is empty. */
	readonly index: number;
	/** In units of `ch`. */
	readonly width: number;
	/** Whether the letter or token begins here, and whether it ends here: it may continue in the next segment. */
	readonly starts: boolean;
	readonly ends: boolean;
}

/** A part of the word that stays on one line. Its rows are equally wide. */
export interface Segment {
	readonly width: number;
	readonly letters: readonly Piece[];
	readonly alone: readonly Piece[];
	readonly sentence: readonly Piece[];
}

/** Bytes of the space and the word that are drawn. All tokens are counted. */
const MAX_DRAWN_BYTES = 160;
/** Widest segment that is not cut: it fits on the narrowest phone. */
const MAX_WIDTH = 26;
/** Places within a byte, for tokens without bytes of their own. */
const PLACES = 1024;

/** Letters or tokens, by the bytes of the space and the word. */
interface Row {
	readonly starts: ArrayLike<number>;
	readonly ends: ArrayLike<number>;
	readonly widthOf: (index: number) => number;
}

/** Lays out the letters above the ids of the word on its own, and those above its ids in a sentence. */
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

/** @param shift bytes before the text of the encoding; with `reachesBack`, the first token includes them */
function idRow({ ids, byteStarts, byteEnds }: Encoding, shift: number, reachesBack: boolean): Row {
	return {
		starts: byteStarts.map((byte, i) => (i === 0 && reachesBack ? 0 : byte + shift)),
		ends: byteEnds.map((byte) => byte + shift),
		widthOf: (index) => String(ids[index]).length + 1.3
	};
}

/** Whether the tokenizer puts a space before the word by itself: its first token is the same without the space. */
export const addsSpace = (alone: VariantTokens, sentence: VariantTokens): boolean =>
	alone.encoding.ids.length > 0 &&
	alone.encoding.ids[0] === sentence.encoding.ids[0] &&
	sentence.encoding.byteStarts[0] === 0;

/** What a row draws, from left to right: never two in one place, and each token in one. */
function itemsOf({ starts, ends }: Row, limit: number) {
	const items: { from: number; to: number }[] = [];
	for (let i = 0, at = 0; i < starts.length && (starts[i] < limit || ends[i] <= limit); i++) {
		// Tokens of a letter that a normalizer decomposed all span it: only the first is below it.
		const from = Math.max(starts[i] * PLACES, at);
		at = Math.max(Math.min(ends[i], limit) * PLACES, from + 1);
		items.push({ from, to: at });
	}
	return items;
}

/** Divides the word wherever a row begins or ends something. @returns by row and division: what is there, or -1 */
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

	/** The pieces of each row between two divisions, without their widths. */
	const piecesOf = (row: number, from: number, to: number) => {
		const starts = Array.from({ length: to - from }, (_, i) => from + i).filter(
			(at) => at === from || startsAt(row, at)
		);
		return starts.map((at, i) => ({ index: drawn[row][at], from: at, to: starts[i + 1] ?? to }));
	};
	/** Widths of the divisions: each letter and each id fits where it begins. */
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
		// Ends where both rows have an id that ends, or before it is too wide.
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

/** Number of matching letters that a token holds whole. A letter that several tokens share is in none of them. */
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

/** Text of a token: `·straw`, `<e8 8d>`; `▁` for one without bytes. */
export const spell = (bytes: Uint8Array): string => (bytes.length === 0 ? '▁' : tokenText(bytes));

/** A letter as it is drawn: white space as a mark, invisible characters by name, and a lone mark on a circle. */
export const letterText = (letter: string): string =>
	[...letter].length === 1 || letter === '\r\n' ? tokenText(encodeUtf8(letter)) : onCircles(letter);

/** Room of a letter. Most from U+1100 on are twice as wide, and a name is written out. */
function widthOfLetter(letter: string): number {
	const { length } = letterText(letter);
	if (letter.length === 1 && length > 2) return length + 1.3;
	return (letter.codePointAt(0) ?? 0) < 0x1100 ? 2.2 : 3;
}
