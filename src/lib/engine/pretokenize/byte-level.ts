import type { PreTokenizer } from './pretokens';
import { GPT2_PATTERN } from './patterns';
import { createRewrite } from './rewrite';
import { createSplit } from './split';

const SPACE = 0x20;

/**
 * Byte-level pre-tokenization: perhaps a space before each piece that has none, perhaps GPT-2's
 * pattern. Bytes are not spelled in the byte alphabet, as the model takes them raw; pieces only
 * remember that they would be.
 */
export function createByteLevel(addPrefixSpace: boolean, useRegex: boolean): PreTokenizer {
	const prefix = addPrefixSpace ? prefixSpaces() : null;
	const split = useRegex ? createSplit({ Regex: GPT2_PATTERN }, 'Isolated', false) : null;
	return (pieces) => {
		let current = pieces;
		if (prefix) current = prefix(current);
		if (split) current = split(current);
		current.byteLevel = true;
		return current;
	};
}

function prefixSpaces(): PreTokenizer {
	const space = Uint8Array.of(SPACE);
	const rewrite = createRewrite((builder, text, start, end) => {
		if (text.bytes[start] !== SPACE) builder.replace(space, start, start);
		builder.copy(start, end);
	});
	return (pieces) => {
		const { bytes } = pieces.text;
		const starts = pieces.starts.data;
		for (let i = 0; i < pieces.starts.length; i++) {
			if (bytes[starts[i]] !== SPACE) return rewrite(pieces);
		}
		return pieces;
	};
}
