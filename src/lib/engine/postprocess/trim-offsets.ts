import { TokenKind, type Encoding } from '../encoding';
import { codePointAt, previousStart, sequenceLength } from '../text/utf8';
import { isWhiteSpace } from '../text/white-space';

/**
 * ByteLevel's `trim_offsets`: spans leave out the spaces at both ends of a token (of an added token
 * any white space). A single leading space stays at the beginning of the text if `addPrefixSpace`,
 * because it may have been put there.
 */
export function trimSpaces(
	encoding: Encoding,
	bytes: Uint8Array,
	addPrefixSpace: boolean
): Encoding {
	const byteStarts = encoding.byteStarts.slice();
	const byteEnds = encoding.byteEnds.slice();
	for (let i = 0; i < byteStarts.length; i++) {
		const special = encoding.kinds?.[i] === TokenKind.special;
		const isSpace = special ? isWhiteSpace : (code: number) => code === 0x20;
		const from = byteStarts[i];
		let start = from;
		let end = byteEnds[i];
		let spaces = 0;
		for (; start < end && isSpaceAt(bytes, start, isSpace); spaces++) {
			start += sequenceLength(bytes[start]);
		}
		if ((i === 0 || from === 0) && addPrefixSpace && spaces === 1) start = from;
		while (end > start && isSpaceAt(bytes, previousStart(bytes, end), isSpace)) {
			end = previousStart(bytes, end);
		}
		byteStarts[i] = start;
		byteEnds[i] = end;
	}
	return { ...encoding, byteStarts, byteEnds };
}

/** A token may end within a character: its first byte alone says nothing then. */
function isSpaceAt(bytes: Uint8Array, at: number, isSpace: (code: number) => boolean): boolean {
	return (bytes[at] & 0xc0) !== 0x80 && isSpace(codePointAt(bytes, at));
}
