/** One variant of the word under one tokenizer, ready to be drawn. */
import type { Encoding } from '../../engine';
import { byteLength, hexOf } from '../../engine/text';
import { hueOf } from '../../ui/token/drawn-token';
import { tokenText } from '../../ui/token/token-text';
import { gridOf, type Cell } from './letter-grid';
import { graphemeText } from './shown-text';
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
	const tokens = grid.map(({ id, byteStart, byteEnd, letters, cells }) => ({
		id,
		byteStart,
		byteEnd,
		letters,
		text: spell(document.subarray(byteStart, byteEnd)),
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

/** Classes that colour a token: its id gives the hue, its position the lightness, so that neighbours always differ. */
export const paintOf = (id: number, at: number): string => `h${hueOf(id)} p${at & 1}`;

/**
 * Replaces each token by the one of the previous call at the same position if they are equal, so that a typed
 * letter updates only what it changes.
 */
export function createTokenCache(): (tokens: readonly DrawnToken[]) => readonly DrawnToken[] {
	let previous: readonly DrawnToken[] = [];
	return (tokens) => {
		previous = tokens.map((token, i) => {
			const known = previous.at(i);
			return known && JSON.stringify(known) === JSON.stringify(token) ? known : token;
		});
		return previous;
	};
}
