import { IntBuffer } from '../structures/int-buffer';
import type { AlignedText } from '../text/aligned';

const NOTHING: AlignedText = { bytes: new Uint8Array(0), start: 0, end: 0, origin: null };

/**
 * A text split into pre-tokens, in order: pre-token `i` is bytes [starts[i], ends[i]) of the text. They do
 * not overlap and are never empty; text between them was removed.
 */
export class Pretokens {
	text: AlignedText = NOTHING;
	readonly starts = new IntBuffer(64);
	readonly ends = new IntBuffer(64);
	/**
	 * Whether a ByteLevel step came before: from then on the reference sees one character of GPT-2's
	 * alphabet per byte. Here the bytes stay as they are; a pattern is matched against that spelling.
	 */
	byteLevel = false;

	/** Starts on another text. */
	reset(text: AlignedText, byteLevel: boolean): this {
		this.text = text;
		this.byteLevel = byteLevel;
		this.starts.clear();
		this.ends.clear();
		return this;
	}

	/** Adds bytes [start, end) as the next pre-token, unless empty. */
	add(start: number, end: number): void {
		if (start >= end) return;
		this.starts.push(start);
		this.ends.push(end);
	}
}

/**
 * One step of pre-tokenization: splits every pre-token further, and may rewrite the text. A result is valid
 * until the next call of the same step, which reuses it.
 */
export type PreTokenizer = (pretokens: Pretokens) => Pretokens;
