import type { PreTokenizer } from './pieces';
import { rewritePieces } from './rewrite';
import { createSplit } from './split';

/** GPT-2's pattern, which `use_regex` stands for. */
export const GPT2_PATTERN =
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

const SPACE = 0x20;

/**
 * Byte-level pre-tokenization: perhaps a space before each piece that has none, perhaps GPT-2's
 * pattern. Bytes are not spelled in the byte alphabet, as the model takes them raw; pieces only
 * remember that they would be.
 */
export function createByteLevel(addPrefixSpace: boolean, useRegex: boolean): PreTokenizer {
	const split = useRegex ? createSplit({ Regex: GPT2_PATTERN }, 'Isolated', false) : null;
	return (pieces) => {
		let current = pieces;
		// After an earlier ByteLevel a space is spelled `Ġ`, so every piece gets one.
		if (addPrefixSpace) current = prefixSpaces(current);
		if (split) current = split(current);
		return current.byteLevel ? current : { ...current, byteLevel: true };
	};
}

const prefixSpaces: PreTokenizer = (pieces) => {
	const { text, starts } = pieces;
	let missing = false;
	for (let i = 0; i < starts.length && !missing; i++) {
		missing = text.bytes[starts.data[i]] !== SPACE;
	}
	if (!missing) return pieces;
	const space = Uint8Array.of(SPACE);
	return rewritePieces(pieces, (builder, start, end) => {
		if (text.bytes[start] !== SPACE) builder.replace(space, start, start);
		builder.copy(start, end);
	});
};
