/** One variant of the word under one tokenizer, ready to be drawn. */
import type { Encoding } from '../../engine';
import { byteLength, hexOf } from '../../engine/text';
import { labelOf } from '../../ui/token/character-labels';
import { hueOf } from '../../ui/token/drawn-token';
import { onCircles } from '../../ui/token/parts';
import { tokenText } from '../../ui/token/token-text';
import { gridOf, type Cell } from './letter-grid';
import type { VariantTokens } from './variant-tokens';
import type { LetterQuery } from './variants';

/** Bytes of the word, by which the same letters are found under another tokenizer. */
export interface WordRange {
	readonly start: number;
	readonly end: number;
}

/** A letter, or the slice of one inside the token. */
interface DrawnCell {
	readonly text: string;
	/** Whether it is the letter to count. */
	readonly isMatch: boolean;
	/** Bytes of the slice in hexadecimal, and the style that clips the letter to it; `null` for a whole letter. */
	readonly slice: { readonly hex: string; readonly style: string } | null;
}

export interface DrawnToken {
	readonly id: number;
	readonly byteStart: number;
	readonly byteEnd: number;
	/** `·straw`, `<e8 8d>`; `▁` if it has no bytes. */
	readonly text: string;
	readonly cells: readonly DrawnCell[];
	/** How many of the letter it holds whole. */
	readonly letters: number;
}

export interface WordRow {
	/** Offsets are bytes of what is shown. */
	readonly tokens: readonly DrawnToken[];
	/** Number of tokens that are not drawn, because there are too many. */
	readonly more: number;
	/** Bytes before the word: the space in a sentence. */
	readonly lead: number;
	/** UTF-8 of what is shown, and all its tokens. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
}

/** Letters of a row that are drawn. All are counted. */
const MAX_DRAWN_LETTERS = 120;

/** @param query `null` if no letter is counted */
export function rowOf({ variant, encoding }: VariantTokens, query: LetterQuery | null): WordRow {
	const document = variant.document();
	const graphemes = variant.graphemes();
	const matches = query ? variant.matches(query) : new Uint8Array(graphemes.texts.length);
	const grid = gridOf(graphemes, encoding, matches, MAX_DRAWN_LETTERS);
	const tokens = grid.map(({ cells, ...token }) => ({
		...token,
		text: spell(document.subarray(token.byteStart, token.byteEnd)),
		cells: cells.map((cell) => {
			const grapheme = graphemes.texts[cell.grapheme];
			return {
				text: graphemeText(grapheme),
				isMatch: matches[cell.grapheme] === 1,
				slice: cell.parts === 1 ? null : sliceOf(document, cell, byteLength(grapheme))
			};
		})
	}));
	const more = encoding.ids.length - tokens.length;
	return { tokens, more, lead: variant.lead, document, encoding };
}

function sliceOf(document: Uint8Array, cell: Cell, graphemeBytes: number): DrawnCell['slice'] {
	const { byteStart, byteEnd, part, parts } = cell;
	// Tokens of a grapheme that a normalizer decomposed all span the whole grapheme: none has bytes of its own.
	const isShared = byteEnd - byteStart === graphemeBytes;
	const hex = isShared ? '' : hexOf(document.subarray(byteStart, byteEnd), ' ');
	const right = 100 - (100 * (part + 1)) / parts;
	return { hex, style: `clip-path:inset(0 ${right}% 0 ${(100 * part) / parts}%)` };
}

/** Text of a token; `▁` for one without bytes. */
export const spell = (bytes: Uint8Array): string => (bytes.length === 0 ? '▁' : tokenText(bytes));

const MARKS: Readonly<Record<string, string>> = { ' ': '·', '\n': '↵', '\r\n': '↵', '\t': '→' };

/** A grapheme as it is drawn: white space as a mark, invisible characters by name, and a lone mark on a circle. */
export function graphemeText(grapheme: string): string {
	if (grapheme.length === 1 && grapheme > ' ' && grapheme < '\x7f') return grapheme;
	const mark = MARKS[grapheme];
	if (mark) return mark;
	if (grapheme.startsWith(' ')) return onCircles(`·${grapheme.slice(1)}`);
	const codePoint = grapheme.codePointAt(0) ?? 0;
	const isOne = String.fromCodePoint(codePoint) === grapheme;
	const label = isOne ? labelOf(codePoint) : null;
	return label === null ? onCircles(grapheme) : `[${label}]`;
}

/** Classes that colour a token: its id gives the hue, its position the lightness, so that neighbours always differ. */
export const paintOf = (id: number, at: number): string => `h${hueOf(id)} p${at & 1}`;
