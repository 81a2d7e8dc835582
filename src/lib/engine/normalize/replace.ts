import type { PatternSpec } from '../spec';
import { IntBuffer } from '../structures/int-buffer';
import { AlignedBuilder, type AlignedText } from '../text/aligned';
import { createMatcher } from '../text/pattern';
import { encodeUtf8 } from '../text/utf8';

/** Replaces every match by `content`, literally. Text without a match is returned as it is. */
export function replacer(pattern: PatternSpec, content: string) {
	const matcher = createMatcher(pattern);
	const replacement = encodeUtf8(content);
	const matches = new IntBuffer(256);
	const builder = new AlignedBuilder();

	return (text: AlignedText): AlignedText => {
		const { bytes, start, end } = text;
		matches.clear();
		matcher.findInBytes(bytes, start, end, matches);
		if (matches.length === 0) return text;
		const growth = (matches.length / 2) * replacement.length;
		builder.begin(text, end - start + growth);
		let copied = start;
		for (let i = 0; i < matches.length; i += 2) {
			builder.copy(copied, matches.data[i]);
			copied = matches.data[i + 1];
			builder.replace(replacement, matches.data[i], copied);
		}
		builder.copy(copied, end);
		return builder.finish();
	};
}
