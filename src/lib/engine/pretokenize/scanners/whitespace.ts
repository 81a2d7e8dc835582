import { sequenceLength } from '../../text/utf8';
import { flagsAt, NEWLINE, SPACE } from './chars';

/** The alternatives for white space, at such a character. `(?!\S)` leaves the last of several to text that follows. */

/** End of `\s+(?!\S)|\s+`. */
export const spacesEnd = (bytes: Uint8Array, at: number, end: number): number =>
	linesOrSpacesEnd(bytes, at, end, 0);

/** End of `\s*[\r\n]+|\s+(?!\S)|\s+`: a run with line ends stops after the last of them. */
export function linesOrSpacesEnd(
	bytes: Uint8Array,
	at: number,
	end: number,
	newline: number = NEWLINE
): number {
	let last = at;
	let next = at;
	let afterNewline = -1;
	while (next < end) {
		const flags = flagsAt(bytes, next);
		if (!(flags & SPACE)) break;
		last = next;
		next += sequenceLength(bytes[next]);
		if (flags & newline) afterNewline = next;
	}
	if (afterNewline >= 0) return afterNewline;
	return next === end || last === at ? next : last;
}
