import type { ByteSource } from '../../structures/byte-table';
import { CLASS_FLAGS, ClassFlag } from '../../text/unicode-classes';
import { codePointAt, sequenceLength } from '../../text/utf8';
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
	SPACE,
	linesOrSpacesEnd
} from './chars';
import { contractionEnd, type Contractions } from './contractions';

/** `[\p{Lm}\p{Lo}\p{M}]`, which FRONT and BACK share. */
const BOTH = ClassFlag.caseless | ClassFlag.mark;
/** `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]` */
const FRONT = ClassFlag.upper | BOTH;
/** `[\p{Ll}\p{Lm}\p{Lo}\p{M}]` */
const BACK = ClassFlag.lower | BOTH;
const WORD = FRONT | BACK;

/**
 * Creates the scanner for o200k, and for Tekken, which has no contractions and splits digits one by one:
 *
 *     X?FRONT*BACK+(?i:'s|…)? | X?FRONT+BACK*(?i:'s|…)?      X = [^\r\n\p{L}\p{N}]
 *     \p{N}{1,3} |  ?[^\s\p{L}\p{N}]+[\r\n/]* | \s*[\r\n]+ | \s+(?!\S) | \s+
 *
 * Marks are in X, FRONT and BACK, so the regex may backtrack into X and FRONT.
 * @param isKimi for Kimi K2's pattern: `\p{Han}+` comes first, FRONT and BACK exclude it, and "/" can't follow symbols
 */
export function o200kScanner(contractions: Contractions, digits: number, isKimi = false): Scanner {
	const scan: Scanner = (source, start, end, ends) => {
		const { bytes } = source;
		let { data, length: count } = ends;
		let at = start;
		let stop = isKimi ? start : end;
		while (at < end) {
			if (count === data.length) data = ends.grow(count);
			if (at >= stop) {
				stop = skipHan(bytes, at, end, 0);
				if (stop === at) {
					data[count++] = at = skipHan(bytes, at, end, 1);
					continue;
				}
			}
			const lead = bytes[at];
			const flags = lead < 0x80 ? CLASS_FLAGS[lead] : flagsAt(bytes, at);
			const next = at + sequenceLength(lead);
			if (flags & NUMBER) {
				data[count++] = at = skipAtMost(bytes, next, end, NUMBER, digits - 1);
				continue;
			}
			let after = -1;
			const following = next < end ? flagsAt(bytes, next) : SPACE;
			if (flags & LETTER) {
				after = wordEnd(source, at, stop);
			} else if (following & WORD && !(flags & NEWLINE) && next < stop) {
				after = wordEnd(source, next, stop);
				// If only capitals follow, the first alternative matches the mark by itself.
				if (flags & ClassFlag.mark && skipWhile(source, next, after, ClassFlag.upper) === after)
					after = next;
			} else if (flags & ClassFlag.mark) {
				after = next;
			}
			if (after >= 0) {
				at = after;
				if (at < end && bytes[at] === 0x27) at = contractionEnd(bytes, at, end, contractions);
			} else if (!(flags & SPACE) || (lead === 0x20 && !(following & LETTER_NUMBER_SPACE))) {
				at = skipUntil(bytes, next, end, LETTER_NUMBER_SPACE);
				at = skipNewlines(bytes, at, end, !isKimi);
			} else {
				at = linesOrSpacesEnd(bytes, at, end);
			}
			data[count++] = at;
		}
		ends.length = count;
	};
	const pattern = { isCased: true, contractions, digits, word: LETTER };
	return isKimi ? scan : Object.assign(scan, { pattern });
}

/** End of the match of `FRONT*BACK+|FRONT+BACK*` that starts at `at`, where a character in WORD begins. */
function wordEnd(source: ByteSource, at: number, end: number): number {
	const { bytes } = source;
	let afterBoth = -1;
	while (at < end) {
		const flags = flagsAt(bytes, at);
		if (!(flags & FRONT)) {
			if (flags & BACK) return skipWhile(source, at, end, BACK);
			break;
		}
		at += sequenceLength(bytes[at]);
		if (flags & BOTH) afterBoth = at;
	}
	// No lower-case letter follows. FRONT* backtracks to its last caseless character, which BACK+ then matches. If
	// there is no caseless character, the second alternative matches all the capitals.
	return afterBoth >= 0 ? afterBoth : at;
}

/** First and last code points of `\p{Han}`. */
const HAN = [
	0x2e80, 0x2e99, 0x2e9b, 0x2ef3, 0x2f00, 0x2fd5, 0x3005, 0x3005, 0x3007, 0x3007, 0x3021, 0x3029,
	0x3038, 0x303b, 0x3400, 0x4dbf, 0x4e00, 0x9fff, 0xf900, 0xfa6d, 0xfa70, 0xfad9, 0x16fe2, 0x16fe3,
	0x16ff0, 0x16ff1, 0x20000, 0x2a6df, 0x2a700, 0x2b739, 0x2b740, 0x2b81d, 0x2b820, 0x2cea1, 0x2ceb0,
	0x2ebe0, 0x2ebf0, 0x2ee5d, 0x2f800, 0x2fa1d, 0x30000, 0x3134a, 0x31350, 0x323af
];
/** 1 for each code point of `\p{Han}`. */
const HAN_FLAGS = new Uint8Array(0x110000);
for (let i = 0; i < HAN.length; i += 2) HAN_FLAGS.fill(1, HAN[i], HAN[i + 1] + 1);

/** End of the run of characters in `\p{Han}` (`isHan` is 1) or outside it (0). */
function skipHan(bytes: Uint8Array, at: number, end: number, isHan: number): number {
	while (at < end && (bytes[at] < 0xe2 ? 0 : HAN_FLAGS[codePointAt(bytes, at)]) === isHan)
		at += sequenceLength(bytes[at]);
	return at;
}
