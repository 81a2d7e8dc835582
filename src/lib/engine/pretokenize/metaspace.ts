import { isLeading } from '../text/aligned';
import { matchLiteral } from '../text/pattern';
import { encodeUtf8 } from '../text/utf8';
import { type PreTokenizer, createRewrite } from './pretokens';
import { createMatcherSplit } from './split';

const SPACE = 0x20;

/**
 * Creates a step that writes spaces as SentencePiece does: every space becomes `replacement`. The replacement is also
 * prepended to pre-tokens that don't start with it (all of them, or only one at the start of the original text). With
 * `split`, every replacement starts a pre-token.
 */
export function createMetaspace(
	replacement: string,
	prependScheme: 'always' | 'first' | 'never',
	split: boolean
): PreTokenizer {
	const mark = encodeUtf8(replacement);
	const rewrite = createRewrite((builder, text, start, end) => {
		const { bytes } = text;
		const isMarked = bytes[start] === SPACE || startsWith(bytes, start, end, mark);
		const prepends =
			prependScheme === 'always' || (prependScheme === 'first' && isLeading(text, start));
		if (prepends && !isMarked) builder.replace(mark, start, start);
		for (let at = start; at < end; at++) if (bytes[at] === SPACE) builder.replace(mark, at, at + 1);
	});

	if (!split) return rewrite;
	const splitMarks = createMatcherSplit(matchLiteral(replacement), 'MergedWithNext', false);
	return (pretokens) => splitMarks(rewrite(pretokens));
}

function startsWith(bytes: Uint8Array, at: number, end: number, content: Uint8Array): boolean {
	if (end - at < content.length) return false;
	for (let i = 0; i < content.length; i++) if (bytes[at + i] !== content[i]) return false;
	return true;
}
