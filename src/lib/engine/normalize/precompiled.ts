import { AlignedBuilder, type AlignedText } from '../text/aligned';
import type { Extras } from '../text/extras';
import { sequenceLength } from '../text/utf8';
import { Charsmap } from './charsmap';

/** In longer graphemes, each character is looked up separately. */
const MAX_GRAPHEME_BYTES = 5;

/**
 * Creates a normalizer like the one in Hugging Face's library. If a short grapheme begins with a string in the table,
 * the whole grapheme is replaced, even if the string is shorter. Otherwise, each character is looked up separately.
 * @throws Error if the table is damaged
 */
export function createPrecompiled(base64: string, { graphemeEnd }: Extras) {
	const charsmap = new Charsmap(base64);
	const builder = new AlignedBuilder();
	return (text: AlignedText): AlignedText => {
		const { bytes, start, end } = text;
		builder.begin(text);
		for (let at = start; at < end;) {
			const next = graphemeEnd(bytes, at, end);
			const whole = next - at <= MAX_GRAPHEME_BYTES ? charsmap.find(bytes, at, next, false) : null;
			if (whole) {
				replaceCharacters(builder, bytes, at, next, whole.content);
				at = next;
			}
			while (at < next) {
				const characterEnd = at + sequenceLength(bytes[at]);
				const found = charsmap.find(bytes, at, characterEnd, false);
				if (found) replaceCharacters(builder, bytes, at, characterEnd, found.content);
				at = characterEnd;
			}
		}
		return builder.finish();
	};
}

/**
 * Replaces `bytes[from, to)` with `content`, one character at a time, until only one character is left in the bytes or
 * in `content`. The rest of `content` then replaces the rest of the bytes.
 */
export function replaceCharacters(
	builder: AlignedBuilder,
	bytes: Uint8Array,
	from: number,
	to: number,
	content: Uint8Array
): void {
	let at = from;
	let written = 0;
	for (;;) {
		const next = at + sequenceLength(bytes[at]);
		const end = written + sequenceLength(content[written]);
		if (content.length === 0 || next >= to || end >= content.length) break;
		builder.replace(content.subarray(written, end), at, next);
		at = next;
		written = end;
	}
	builder.replace(content.subarray(written), at, to);
}
