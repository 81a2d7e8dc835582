import { IntBuffer } from '../structures/int-buffer';
import type { AlignedText } from '../text/aligned';

const NOTHING: AlignedText = { bytes: new Uint8Array(0), start: 0, end: 0, origin: null };

/**
 * A text cut into pieces, in order: piece `i` is bytes [starts[i], ends[i]) of the text. Pretokens do
 * not overlap and are never empty; what lies between them was removed.
 */
export class Pretokens {
	text: AlignedText = NOTHING;
	readonly starts = new IntBuffer(64);
	readonly ends = new IntBuffer(64);
	/**
	 * Whether a ByteLevel step came before: from then on the reference sees one character of GPT-2's
	 * alphabet a byte. Our bytes stay what they are; a pattern is matched against that spelling.
	 */
	byteLevel = false;

	/** Starts over on another text. */
	reset(text: AlignedText, byteLevel: boolean): this {
		this.text = text;
		this.byteLevel = byteLevel;
		this.starts.clear();
		this.ends.clear();
		return this;
	}

	/** Adds bytes [start, end) as the next piece, unless empty. */
	add(start: number, end: number): void {
		if (start >= end) return;
		this.starts.push(start);
		this.ends.push(end);
	}
}

/**
 * A stage of pre-tokenization: cuts every piece further, and may rewrite the text. Each has one
 * `Pretokens` that it gives every time: what it returned is valid until its next call.
 */
export type PreTokenizer = (pieces: Pretokens) => Pretokens;
