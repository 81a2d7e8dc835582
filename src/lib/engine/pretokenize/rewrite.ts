import { AlignedBuilder, type AlignedText } from '../text/aligned';
import { Pretokens, type PreTokenizer } from './pretokens';

/**
 * Builds a step that rewrites every pre-token: `rewrite` adds the new form of bytes [start, end) of the text
 * to the builder.
 */
export function createRewrite(
	rewrite: (builder: AlignedBuilder, text: AlignedText, start: number, end: number) => void
): PreTokenizer {
	const builder = new AlignedBuilder();
	const rewritten = new Pretokens();
	return (pretokens) => {
		const { text, starts, ends, byteLevel } = pretokens;
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

/** Whether `content` begins at byte `at` and ends by `end`. */
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
