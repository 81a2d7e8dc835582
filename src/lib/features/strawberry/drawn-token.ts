import type { Cell, GridToken } from './grid';
import { hexOf } from '../../ui/token/utf8';
import { tokenText } from '../../ui/token/token-text';
import type { WordRow } from './word-rows';
import { graphemeText } from './grapheme-text';

/** A letter, or the slice of one that lies in the token. */
interface DrawnCell {
	readonly text: string;
	readonly asked: boolean;
	/** Of a cut character: its bytes here in hexadecimal, and the style that leaves its slice. */
	readonly cut: { readonly hex: string; readonly slice: string } | null;
}

/** A token ready to be drawn. */
export interface DrawnToken {
	readonly id: number;
	readonly byteStart: number;
	readonly byteEnd: number;
	readonly letters: number;
	/** As text: `·straw`, `<e8 8d>`, `▁` where it has no bytes. */
	readonly spelled: string;
	readonly cells: readonly DrawnCell[];
}

function drawToken(row: WordRow, token: GridToken): DrawnToken {
	const { id, byteStart, byteEnd, letters, cells } = token;
	return {
		id,
		byteStart,
		byteEnd,
		letters,
		spelled: byteStart === byteEnd ? '▁' : tokenText(row.document.subarray(byteStart, byteEnd)),
		cells: cells.map((cell) => ({
			text: graphemeText(row.graphemes[cell.grapheme]),
			asked: row.matches[cell.grapheme] === 1,
			cut: cell.parts === 1 ? null : cutOf(row, cell)
		}))
	};
}

function cutOf(row: WordRow, { grapheme, byteStart, byteEnd, part, parts }: Cell) {
	// What a normalizer took apart has no bytes of the word of its own.
	const shared = byteEnd - byteStart === new TextEncoder().encode(row.graphemes[grapheme]).length;
	const hex = shared ? '' : Array.from(row.document.subarray(byteStart, byteEnd), hexOf).join(' ');
	const right = 100 - (100 * (part + 1)) / parts;
	return { hex, slice: `clip-path:inset(0 ${right}% 0 ${(100 * part) / parts}%)` };
}

/**
 * Draws rows one after another. A token that was drawn before in the same place stays the same object,
 * so that a letter that is typed changes in the page only what it changes in the word.
 */
export function rowDrawer(): (row: WordRow) => readonly DrawnToken[] {
	let before: readonly DrawnToken[] = [];
	return (row) => {
		before = row.tokens.map((token, i) => {
			const drawn = drawToken(row, token);
			const known = before.at(i);
			return known && isSame(known, drawn) ? known : drawn;
		});
		return before;
	};
}

const isSame = (a: DrawnToken, b: DrawnToken): boolean =>
	a.id === b.id &&
	a.byteStart === b.byteStart &&
	a.byteEnd === b.byteEnd &&
	a.letters === b.letters &&
	a.spelled === b.spelled &&
	a.cells.length === b.cells.length &&
	a.cells.every((cell, i) => isSameCell(cell, b.cells[i]));

const isSameCell = (a: DrawnCell, b: DrawnCell): boolean =>
	a.text === b.text &&
	a.asked === b.asked &&
	a.cut?.hex === b.cut?.hex &&
	a.cut?.slice === b.cut?.slice;
