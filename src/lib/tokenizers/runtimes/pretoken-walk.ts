import { AlignmentError } from './align';
import { META } from './library-stages';
import type { LaidOutText } from './section-layout';

/** Finds the pre-tokens of a section in its normalized text, in order. */
export class PretokenWalk {
	readonly #laidOut: LaidOutText;
	/** Code unit of the normalized text. */
	#at = 0;
	/** Code units of the pre-token that are not in the text: a `▁` that the pre-tokenizer puts before it. */
	#added = 0;

	constructor(laidOut: LaidOutText) {
		this.#laidOut = laidOut;
	}

	/**
	 * Moves to a pre-token.
	 * @returns number of bytes before it, other than white space, that the pre-tokenizer removes
	 * @throws AlignmentError if the text does not have it
	 */
	find(pretoken: string): number {
		const { text } = this.#laidOut;
		const from = this.#at;
		for (; this.#at <= text.length; this.#at++) {
			this.#added = 0;
			if (isAt(text, this.#at, pretoken, 0)) return this.#removedSince(from);
			if (!pretoken.startsWith(META)) continue;
			this.#added = META.length;
			if (isAt(text, this.#at, pretoken, META.length)) return this.#removedSince(from);
		}
		this.#at = from;
		throw new AlignmentError(
			`transformers.js splits the text from byte ${this.#position()} on in a way that cannot be followed, so its tokens cannot be laid out`
		);
	}

	/** Bytes [start, end) of the next code units of the pre-token. */
	take(units: number): [start: number, end: number] {
		const { byteStarts, byteEnds } = this.#laidOut;
		const added = Math.min(units, this.#added);
		this.#added -= added;
		const count = units - added;
		if (count === 0) return [this.#position(), this.#position()];
		const start = byteStarts[this.#at];
		this.#at += count;
		return [start, byteEnds[this.#at - 1]];
	}

	/** Bytes after the last pre-token, other than white space, that the pre-tokenizer removes. */
	end(): number {
		const from = this.#at;
		this.#at = this.#laidOut.text.length;
		return this.#removedSince(from);
	}

	#removedSince(from: number): number {
		const { text, byteStarts, byteEnds } = this.#laidOut;
		let bytes = 0;
		for (let unit = from; unit < this.#at; unit++)
			if (/\S/.test(text[unit])) bytes += byteEnds[unit] - byteStarts[unit];
		return bytes;
	}

	/** Byte at which the next character of the normalized text begins. */
	#position(): number {
		const { byteStarts, byteEnds } = this.#laidOut;
		return byteStarts[this.#at] ?? byteEnds.at(-1) ?? 0;
	}
}

/** Whether a text has a pre-token from code unit `from` of it on. A `▁` may be a space of the text. */
function isAt(text: string, at: number, pretoken: string, from: number): boolean {
	if (at + pretoken.length - from > text.length) return false;
	for (let i = from; i < pretoken.length; i++) {
		const unit = text[at + i - from];
		if (unit !== pretoken[i] && !(unit === ' ' && pretoken[i] === META)) return false;
	}
	return true;
}
