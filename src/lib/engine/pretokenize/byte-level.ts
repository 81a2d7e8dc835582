import { BYTE_CHARACTERS } from '../structures/byte-level';
import { type PreTokenizer, createRewrite } from './pretokens';
import { Contractions } from './scanners/contractions';
import { gpt2Scanner } from './scanners/gpt2';
import { createScannerSplit } from './split';

const SPACE = 0x20;

/**
 * Creates a byte-level step: adds a space to each pre-token that does not start with one (if `addPrefixSpace`) and
 * splits by GPT-2's pattern (if `useRegex`). Bytes are not rewritten in the byte alphabet, because the model takes raw
 * bytes, but a second ByteLevel step behaves as if they were.
 */
export function createByteLevel(addPrefixSpace: boolean, useRegex: boolean): PreTokenizer {
	const prefix = addPrefixSpace ? createSpacePrefixer() : null;
	const split = useRegex ? createScannerSplit(gpt2Scanner(Contractions.lower)) : null;
	const toAlphabet = createAlphabetWriter();
	return (pretokens) => {
		let current = pretokens.byteLevel ? toAlphabet(pretokens) : pretokens;
		if (prefix) current = prefix(current);
		if (split) current = split(current);
		current.byteLevel = true;
		return current;
	};
}

/** Creates a step that rewrites bytes as characters of the byte alphabet. */
function createAlphabetWriter(): PreTokenizer {
	const rewrite = createRewrite((builder, text, start, end) => {
		for (let at = start; at < end; at++)
			builder.replace(BYTE_CHARACTERS[text.bytes[at]], at, at + 1);
	});
	return (pretokens) => {
		const rewritten = rewrite(pretokens);
		rewritten.byteLevel = false;
		return rewritten;
	};
}

function createSpacePrefixer(): PreTokenizer {
	const space = Uint8Array.of(SPACE);
	return createRewrite((builder, text, start) => {
		if (text.bytes[start] !== SPACE) builder.replace(space, start, start);
	});
}
