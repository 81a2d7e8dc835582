import { IntBuffer } from '../structures/int-buffer';
import type { AlignedText } from '../text/aligned';

/**
 * A text cut into pieces, in order: piece `i` is bytes [starts[i], ends[i]) of the text. Pieces do
 * not overlap and are never empty; what lies between them was removed.
 */
export interface Pieces {
	readonly text: AlignedText;
	readonly starts: IntBuffer;
	readonly ends: IntBuffer;
	/**
	 * Whether a ByteLevel step came before: from then on the reference sees one character of GPT-2's
	 * alphabet a byte. Our bytes stay what they are; a pattern is matched against that spelling.
	 */
	readonly byteLevel: boolean;
}

/** The whole text as one piece, or none when it is empty. */
export function wholeText(text: AlignedText): Pieces {
	const pieces = emptyPieces(text, false);
	addPiece(pieces, text.start, text.end);
	return pieces;
}

export function emptyPieces(text: AlignedText, byteLevel: boolean): Pieces {
	return { text, starts: new IntBuffer(64), ends: new IntBuffer(64), byteLevel };
}

/** Adds bytes [start, end) as the next piece, unless empty. */
export function addPiece(pieces: Pieces, start: number, end: number): void {
	if (start >= end) return;
	pieces.starts.push(start);
	pieces.ends.push(end);
}

/** A stage of pre-tokenization: cuts every piece further, and may rewrite the text. */
export type PreTokenizer = (pieces: Pieces) => Pieces;
