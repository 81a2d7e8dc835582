import { CLASS_FLAGS } from '../../text/unicode-classes';
import { sequenceLength } from '../../text/utf8';
import type { Scanner } from '../pretokens';
import {
	flagsAt,
	LETTER,
	NEWLINE,
	NUMBER,
	skipAtMost,
	skipNewlines,
	skipUntil,
	skipWhile,
	SPACE,
	linesOrSpacesEnd
} from './chars';
import { contractionEnd, type Contractions } from './contractions';

/**
 * Creates the scanner for cl100k, Llama 3 and, with one digit per number, Qwen 2. For Qwen 3.5, `word` includes marks:
 *
 *     (?i:'s|…) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N}{1,3} |  ?[^\s\p{L}\p{N}]+[\r\n]*
 *     | \s*[\r\n]+ | \s+(?!\S) | \s+
 */
export function cl100kScanner(contractions: Contractions, digits: number, word = LETTER): Scanner {
	const wordNumberSpace = word | NUMBER | SPACE;
	const scan: Scanner = (source, start, end, ends) => {
		const { bytes } = source;
		let { data, length: count } = ends;
		let at = start;
		while (at < end) {
			if (count === data.length) data = ends.grow(count);
			const lead = bytes[at];
			const flags = lead < 0x80 ? CLASS_FLAGS[lead] : flagsAt(bytes, at);
			const next = at + sequenceLength(lead);
			if (flags & word) {
				at = skipWhile(source, next, end, word);
			} else if (flags & NUMBER) {
				at = skipAtMost(bytes, next, end, NUMBER, digits - 1);
			} else {
				if (lead === 0x27) {
					const after = contractionEnd(bytes, at, end, contractions);
					if (after > at) {
						data[count++] = at = after;
						continue;
					}
				}
				const following = next < end ? flagsAt(bytes, next) : SPACE;
				if (following & word && !(flags & NEWLINE)) {
					at = skipWhile(source, next, end, word);
				} else if (!(flags & SPACE) || (lead === 0x20 && !(following & wordNumberSpace))) {
					at = skipUntil(bytes, next, end, wordNumberSpace);
					at = skipNewlines(bytes, at, end, false);
				} else {
					at = linesOrSpacesEnd(bytes, at, end);
				}
			}
			data[count++] = at;
		}
		ends.length = count;
	};
	return Object.assign(scan, { pattern: { isCased: false, contractions, digits, word } });
}
