import { CLASS_FLAGS } from '../../text/unicode-classes';
import { sequenceLength } from '../../text/utf8';
import type { Scanner } from '../pretokens';
import {
	flagsAt,
	LETTER,
	LETTER_NUMBER_SPACE,
	NUMBER,
	skipUntil,
	skipWhile,
	SPACE,
	spacesEnd
} from './chars';
import { contractionEnd, type Contractions } from './contractions';

/** Creates the scanner for GPT-2, p50k and Claude: `'s|…| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`. */
export function gpt2Scanner(contractions: Contractions): Scanner {
	return (source, start, end, ends) => {
		const { bytes } = source;
		let { data, length: count } = ends;
		let at = start;
		while (at < end) {
			if (count === data.length) data = ends.grow(count);
			const lead = bytes[at];
			let flags = lead < 0x80 ? CLASS_FLAGS[lead] : flagsAt(bytes, at);
			let next = at + sequenceLength(lead);
			if (lead === 0x27) {
				const after = contractionEnd(bytes, at, end, contractions);
				if (after > at) {
					data[count++] = at = after;
					continue;
				}
			} else if (lead === 0x20 && next < end) {
				const following = flagsAt(bytes, next);
				if (!(following & SPACE)) {
					flags = following;
					next += sequenceLength(bytes[next]);
				}
			}
			if (flags & LETTER) at = skipWhile(source, next, end, LETTER);
			else if (flags & NUMBER) at = skipWhile(source, next, end, NUMBER);
			else if (flags & SPACE) at = spacesEnd(bytes, at, end);
			else at = skipUntil(bytes, next, end, LETTER_NUMBER_SPACE);
			data[count++] = at;
		}
		ends.length = count;
	};
}
