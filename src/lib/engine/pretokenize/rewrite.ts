import { AlignedBuilder, type AlignedText } from '../text/aligned';
import { Pretokens, type PreTokenizer } from './pretokens';

/**
 * Creates a step that rewrites every pre-token.
 * @param rewrite writes the new form of bytes [start, end) of a text to the builder
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
