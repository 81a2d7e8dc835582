import { CLASS_FLAGS, ClassFlag } from '../../text/unicode-classes';
import { sequenceLength } from '../../text/utf8';
import type { Scanner } from '../pretokens';
import {
	flagsAt,
	LETTER,
	LETTER_NUMBER_SPACE,
	NEWLINE,
	NUMBER,
	skipAtMost,
	skipNewlines,
	skipUntil,
	skipWhile,
	SPACE
} from './chars';
import { contractionEnd, type Contractions } from './contractions';
import { linesOrSpacesEnd } from './whitespace';

/** `[\p{Lm}\p{Lo}\p{M}]`, which FRONT and BACK share. */
const BOTH = ClassFlag.caseless | ClassFlag.mark;
/** `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]` */
const FRONT = ClassFlag.upper | BOTH;
/** `[\p{Ll}\p{Lm}\p{Lo}\p{M}]` */
const BACK = ClassFlag.lower | BOTH;
const WORD = FRONT | BACK;

/**
 * Creates the scanner of o200k and, without contractions and with single digits, Tekken:
 *
 *     X?FRONT*BACK+(?i:'s|…)? | X?FRONT+BACK*(?i:'s|…)?      X = [^\r\n\p{L}\p{N}]
 *     \p{N}{1,3} |  ?[^\s\p{L}\p{N}]+[\r\n/]* | \s*[\r\n]+ | \s+(?!\S) | \s+
 *
 * A mark is in X, FRONT and BACK, so the regex may backtrack into X and FRONT.
 */
export function o200kScanner(contractions: Contractions, digits: number): Scanner {
	return (bytes, start, end, ends) => {
		let at = start;
		while (at < end) {
			const lead = bytes[at];
			const flags = lead < 0x80 ? CLASS_FLAGS[lead] : flagsAt(bytes, at);
			const next = at + sequenceLength(lead);
			if (flags & NUMBER) {
				at = skipAtMost(bytes, next, end, NUMBER, digits - 1);
				ends.push(at);
				continue;
			}
			let after = -1;
			const following = next < end ? flagsAt(bytes, next) : SPACE;
			if (flags & LETTER) {
				after = wordEnd(bytes, at, end);
			} else if (following & WORD && !(flags & NEWLINE)) {
				after = wordEnd(bytes, next, end);
				// Before capitals alone, a mark matches the first alternative by itself, which is tried first.
				if (flags & ClassFlag.mark && endsWithoutBack(bytes, next, after)) after = next;
			} else if (flags & ClassFlag.mark) {
				after = next;
			}
			if (after >= 0) {
				at = after;
				if (at < end && bytes[at] === 0x27) at = contractionEnd(bytes, at, end, contractions);
			} else if (!(flags & SPACE) || (lead === 0x20 && !(following & LETTER_NUMBER_SPACE))) {
				at = skipUntil(bytes, next, end, LETTER_NUMBER_SPACE);
				at = skipNewlines(bytes, at, end, true);
			} else {
				at = linesOrSpacesEnd(bytes, at, end);
			}
			ends.push(at);
		}
	};
}

/** End of `FRONT*BACK+|FRONT+BACK*` at a character of WORD. */
function wordEnd(bytes: Uint8Array, at: number, end: number): number {
	let afterBoth = -1;
	while (at < end) {
		const flags = flagsAt(bytes, at);
		if (!(flags & FRONT)) {
			if (flags & BACK) return skipWhile(bytes, at, end, BACK);
			break;
		}
		at += sequenceLength(bytes[at]);
		if (flags & BOTH) afterBoth = at;
	}
	// No lower-case letter follows. FRONT* backtracks to its last caseless character, which BACK+ then matches. If
	// there is none, the second alternative matches all the capitals.
	return afterBoth >= 0 ? afterBoth : at;
}

/** Whether bytes[at, end), a match of {@link wordEnd}, is capitals only. */
function endsWithoutBack(bytes: Uint8Array, at: number, end: number): boolean {
	return skipWhile(bytes, at, end, ClassFlag.upper) === end;
}
