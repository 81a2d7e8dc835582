import { GPT2_PATTERN } from './patterns';
import type { PreTokenizer } from './pretokens';
import { createRewrite } from './rewrite';
import { createSplit } from './split';

const SPACE = 0x20;

/**
 * Byte-level pre-tokenization, optionally with a space before each pre-token that has none and with GPT-2's
 * pattern. Bytes are not spelled in the byte alphabet, as the model takes them raw; pre-tokens are only
 * marked as byte-level.
 */
export function createByteLevel(addPrefixSpace: boolean, useRegex: boolean): PreTokenizer {
	const prefix = addPrefixSpace ? createSpacePrefixer() : null;
	const split = useRegex ? createSplit({ Regex: GPT2_PATTERN }, 'Isolated', false) : null;
	return (pretokens) => {
		let current = pretokens;
		if (prefix) current = prefix(current);
		if (split) current = split(current);
		current.byteLevel = true;
		return current;
	};
}

function createSpacePrefixer(): PreTokenizer {
	const space = Uint8Array.of(SPACE);
	const rewrite = createRewrite((builder, text, start, end) => {
		if (text.bytes[start] !== SPACE) builder.replace(space, start, start);
		builder.copy(start, end);
	});
	return (pretokens) => {
		const { bytes } = pretokens.text;
		const starts = pretokens.starts.data;
		for (let i = 0; i < pretokens.starts.length; i++) {
			if (bytes[starts[i]] !== SPACE) return rewrite(pretokens);
		}
		return pretokens;
	};
}
