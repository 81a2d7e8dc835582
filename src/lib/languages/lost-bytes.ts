import { TokenKind, type Encoding, type Tokenizer } from '../engine';
import { encodeUtf8, sequenceLength, skipWhiteSpace } from '../engine/text';
import { dropCounter, type DropCounter } from './dropped';

/** Counts the bytes of texts that one tokenizer's tokens do not carry. */
export class LostBytes {
	readonly #tokenizer: Pick<Tokenizer, 'tokenBytes'>;
	readonly #dropped: DropCounter | null;

	constructor(tokenizer: Pick<Tokenizer, 'spec' | 'tokenBytes'>) {
		this.#tokenizer = tokenizer;
		this.#dropped = dropCounter(tokenizer);
	}

	/**
	 * Bytes of `text` outside of all tokens (white space aside), in unknown tokens, and dropped inside of
	 * a token's span.
	 * @param bytes of its UTF-8
	 * @param encoding of the text by the tokenizer
	 */
	count(text: string, bytes: number, { ids, byteStarts, byteEnds, kinds }: Encoding): number {
		// Most encodings have nothing to look for, so the text is written as UTF-8 only for the others.
		let written: Uint8Array | null = null;
		const utf8 = () => (written ??= encodeUtf8(text));
		const gap = (start: number, end: number) => lettersIn(utf8(), start, end);
		const dropped = this.#dropped;
		let lost = 0;
		let covered = 0;
		for (let i = 0; i < ids.length; i++) {
			const start = byteStarts[i];
			const end = byteEnds[i];
			if (start > covered) lost += gap(covered, start);
			if (end <= covered) continue;
			const from = Math.max(start, covered);
			covered = end;
			if (kinds?.[i] === TokenKind.unknown) lost += end - from;
			else if (dropped) {
				// A normalizer may change letters, so what has no token is lost only where the token is shorter.
				const longer = end - from - this.#tokenizer.tokenBytes(ids[i]).length;
				if (longer > 0) lost += Math.min(longer, dropped(utf8(), from, end));
			}
		}
		return covered < bytes ? lost + gap(covered, bytes) : lost;
	}
}

/** Bytes that are no white space. */
function lettersIn(utf8: Uint8Array, start: number, end: number): number {
	let letters = 0;
	for (let at = skipWhiteSpace(utf8, start, end); at < end; at = skipWhiteSpace(utf8, at, end)) {
		const next = Math.min(end, at + sequenceLength(utf8[at]));
		letters += next - at;
		at = next;
	}
	return letters;
}
