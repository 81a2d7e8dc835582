import { AlignedBuilder, type AlignedText } from '../text/aligned';
import { codePointAt, encodeUtf8, sequenceLength } from '../text/utf8';

/**
 * Lowercase of each character by itself, as Rust's `char::to_lowercase`: no final sigma, and `İ`
 * becomes two characters. Text without uppercase letters is returned as it is.
 */
export function lowercaser() {
	const builder = new AlignedBuilder();
	return (text: AlignedText): AlignedText => lowercase(text, builder);
}

function lowercase(text: AlignedText, builder: AlignedBuilder): AlignedText {
	const { bytes, start, end } = text;
	let changed = false;
	let copied = start;
	for (let at = start; at < end;) {
		const lead = bytes[at];
		if (lead < 0x41 || (lead > 0x5a && lead < 0x80)) {
			at++;
			continue;
		}
		const next = at + sequenceLength(lead);
		const character = String.fromCodePoint(codePointAt(bytes, at));
		const lower = character.toLowerCase();
		if (lower !== character) {
			if (!changed) builder.begin(text);
			changed = true;
			builder.copy(copied, at);
			builder.replace(encodeUtf8(lower), at, next);
			copied = next;
		}
		at = next;
	}
	if (!changed) return text;
	builder.copy(copied, end);
	return builder.finish();
}
