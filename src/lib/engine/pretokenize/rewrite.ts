import { AlignedBuilder, type AlignedText } from '../text/aligned';
import { Pretokens, type PreTokenizer } from './pretokens';

/**
 * A stage that rewrites every piece, for pre-tokenizers that change the text: `rewrite` puts the new
 * form of bytes [start, end) of the text into the builder.
 */
export function createRewrite(
	rewrite: (builder: AlignedBuilder, text: AlignedText, start: number, end: number) => void
): PreTokenizer {
	const builder = new AlignedBuilder();
	const rewritten = new Pretokens();
	return (pieces) => {
		const { text, starts, ends, byteLevel } = pieces;
		builder.begin(text);
		rewritten.reset(text, byteLevel);
		for (let i = 0; i < starts.length; i++) {
			const from = builder.length;
			rewrite(builder, text, starts.data[i], ends.data[i]);
			rewritten.add(from, builder.length);
		}
		rewritten.text = builder.finish();
		return rewritten;
	};
}

/** Whether the bytes at `at` are `content`. */
export function startsWith(
	bytes: Uint8Array,
	at: number,
	end: number,
	content: Uint8Array
): boolean {
	if (end - at < content.length) return false;
	for (let i = 0; i < content.length; i++) if (bytes[at + i] !== content[i]) return false;
	return true;
}
