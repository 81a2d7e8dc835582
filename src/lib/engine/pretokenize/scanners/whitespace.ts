import { sequenceLength } from '../../text/utf8';
import { flagsAt, NEWLINE, SPACE } from './chars';

/**
 * The white space alternatives of the patterns, at a white space character. The lookahead `(?!\S)` makes a
 * run leave its last character to what follows, unless nothing follows or it is the only one.
 */

/** The end of `\s+(?!\S)|\s+`. */
export function spacesEnd(bytes: Uint8Array, at: number, end: number): number {
	let last = at;
	let next = at;
	while (next < end && flagsAt(bytes, next) & SPACE) {
		last = next;
		next += sequenceLength(bytes[next]);
	}
	return next === end || last === at ? next : last;
}

/** The end of `\s*[\r\n]+|\s+(?!\S)|\s+`: a run with line ends stops after its last one. */
export function linesOrSpacesEnd(bytes: Uint8Array, at: number, end: number): number {
	let last = at;
	let next = at;
	let afterNewline = -1;
	while (next < end) {
		const flags = flagsAt(bytes, next);
		if (!(flags & SPACE)) break;
		last = next;
		next += sequenceLength(bytes[next]);
		if (flags & NEWLINE) afterNewline = next;
	}
	if (afterNewline >= 0) return afterNewline;
	return next === end || last === at ? next : last;
}
