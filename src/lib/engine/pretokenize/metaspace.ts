import { IntBuffer } from '../structures/int-buffer';
import { originStart } from '../text/aligned';
import { createMatcher } from '../text/pattern';
import { encodeUtf8 } from '../text/utf8';
import { Pretokens, type PreTokenizer } from './pretokens';
import { createRewrite, startsWith } from './rewrite';
import { cutAt } from './split';

const SPACE = 0x20;

/**
 * SentencePiece's spaces: each becomes `replacement`, one is put before pieces without it (all of
 * them, or only the one where the original text begins), and with `split` every replacement begins
 * a piece.
 */
export function createMetaspace(
	replacement: string,
	prependScheme: 'always' | 'first' | 'never',
	split: boolean
): PreTokenizer {
	const mark = encodeUtf8(replacement);
	const matcher = createMatcher({ String: replacement });
	const matches = new IntBuffer(64);

	const cut = new Pretokens();

	const rewrite = createRewrite((builder, text, start, end) => {
		const { bytes } = text;
		const begins = bytes[start] === SPACE || startsWith(bytes, start, end, mark);
		const wanted =
			prependScheme === 'always' || (prependScheme === 'first' && originStart(text, start) === 0);
		if (wanted && !begins) builder.replace(mark, start, start);
		let copied = start;
		for (let at = start; at < end; at++) {
			if (bytes[at] !== SPACE) continue;
			builder.copy(copied, at);
			builder.replace(mark, at, at + 1);
			copied = at + 1;
		}
		builder.copy(copied, end);
	});

	return (pieces) => {
		if (pieces.byteLevel) {
			throw new Error('pre_tokenizer: Metaspace after ByteLevel is not supported');
		}
		const rewritten = rewrite(pieces);
		if (!split) return rewritten;
		const { text, starts, ends } = rewritten;
		cut.reset(text, false);
		for (let i = 0; i < starts.length; i++) {
			matches.clear();
			matcher.findInBytes(text.bytes, starts.data[i], ends.data[i], matches);
			cutAt(matches, starts.data[i], ends.data[i], 'MergedWithNext', false, cut);
		}
		return cut;
	};
}
