import { toByteLevel } from '../structures/byte-level';
import { encodeUtf8 } from '../text/utf8';
import { GPT2_PATTERN } from './patterns';
import type { PreTokenizer } from './pretokens';
import { createRewrite } from './rewrite';
import { createSplit } from './split';

const SPACE = 0x20;

/**
 * Byte-level pre-tokenization, optionally with a space before each pre-token that has none and with GPT-2's
 * pattern. Bytes are not spelled in the byte alphabet, as the model takes them raw; pre-tokens are only
 * marked as byte-level. A second step of this kind spells the characters that the first gives.
 */
export function createByteLevel(addPrefixSpace: boolean, useRegex: boolean): PreTokenizer {
	const prefix = addPrefixSpace ? createSpacePrefixer() : null;
	const split = useRegex ? createSplit({ Regex: GPT2_PATTERN }, 'Isolated', false) : null;
	const spell = createSpeller();
	return (pretokens) => {
		let current = pretokens.byteLevel ? spell(pretokens) : pretokens;
		if (prefix) current = prefix(current);
		if (split) current = split(current);
		current.byteLevel = true;
		return current;
	};
}

/** The UTF-8 of each byte's character in GPT-2's alphabet. */
const SPELLED = Array.from({ length: 256 }, (_, byte) =>
	encodeUtf8(toByteLevel(Uint8Array.of(byte)))
);

/** Rewrites bytes as the text that spells them. */
function createSpeller(): PreTokenizer {
	const rewrite = createRewrite((builder, text, start, end) => {
		for (let at = start; at < end; at++) builder.replace(SPELLED[text.bytes[at]], at, at + 1);
	});
	return (pretokens) => {
		const spelled = rewrite(pretokens);
		spelled.byteLevel = false;
		return spelled;
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
