import type { ByteSource } from '../../structures/byte-table';
import { CLASS_FLAGS, ClassFlag } from '../../text/unicode-classes';
import { codePointAt, sequenceLength } from '../../text/utf8';
import type { Scanner } from '../pretokens';
import {
	flagsAt,
	LETTER,
	NEWLINE,
	NUMBER,
	skipAtMost,
	skipNewlines,
	skipWhile,
	SPACE,
	linesOrSpacesEnd
} from './chars';

const { mark: MARK, punctuation: PUNCTUATION } = ClassFlag;

/** `[一-龥぀-ゟ゠-ヿ]`: common ideographs, hiragana, katakana. */
function isIdeographOrKana(code: number): boolean {
	return (code >= 0x4e00 && code <= 0x9fa5) || (code >= 0x3040 && code <= 0x30ff);
}

function isAsciiLetter(byte: number): boolean {
	const small = byte | 0x20;
	return small >= 0x61 && small <= 0x7a;
}

/** End of the run of ideographs and kana that starts at `at`; `at` if there is none. */
function ideographsEnd(bytes: Uint8Array, at: number, end: number): number {
	// All of these characters take three bytes.
	while (at < end && bytes[at] >= 0xe3 && bytes[at] < 0xf0) {
		if (!isIdeographOrKana(codePointAt(bytes, at))) break;
		at += 3;
	}
	return at;
}

/** Scanner for `[一-龥぀-ゟ゠-ヿ]+`. */
export const ideographScanner = isolateMatches(({ bytes }, at, end) => {
	const after = ideographsEnd(bytes, at, end);
	return after > at ? after : -1;
});

/**
 * Scanner for DeepSeek V3's last Split, which leaves some characters unmatched:
 *
 *     [ASCII punctuation][A-Za-z]+ | [^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+ |  ?[\p{P}\p{S}]+[\r\n]*
 *     \s*[\r\n]+ | \s+(?!\S) | \s+
 */
export const deepseekWordScanner = isolateMatches(wordMatchEnd);

/**
 * Creates a scanner that isolates matches.
 * @param matchEnd returns the end of the match that starts at the given byte; -1 if there is none
 */
function isolateMatches(
	matchEnd: (source: ByteSource, at: number, end: number) => number
): Scanner {
	return (source, start, end, ends) => {
		let { data, length: count } = ends;
		let at = start;
		let gap = start;
		while (at < end) {
			const after = matchEnd(source, at, end);
			if (after < 0) {
				at += sequenceLength(source.bytes[at]);
				continue;
			}
			if (count + 2 > data.length) data = ends.grow(count + 1);
			if (at > gap) data[count++] = at;
			data[count++] = gap = at = after;
		}
		ends.length = count;
		if (gap < end) ends.push(end);
	};
}

function wordMatchEnd(source: ByteSource, at: number, end: number): number {
	const { bytes } = source;
	const lead = bytes[at];
	const flags = lead < 0x80 ? CLASS_FLAGS[lead] : flagsAt(bytes, at);
	const next = at + sequenceLength(lead);
	if (flags & LETTER) return skipWhile(source, next, end, LETTER | MARK);
	if (flags & PUNCTUATION) {
		if (lead < 0x80 && next < end && isAsciiLetter(bytes[next])) {
			let after = next + 1;
			while (after < end && isAsciiLetter(bytes[after])) after++;
			return after;
		}
		return skipNewlines(bytes, skipWhile(source, next, end, PUNCTUATION), end, false);
	}
	const following = next < end ? flagsAt(bytes, next) : 0;
	if (!(flags & NEWLINE) && following & (LETTER | MARK)) {
		return skipWhile(source, next, end, LETTER | MARK);
	}
	if (flags & MARK) return next;
	if (lead === 0x20 && following & PUNCTUATION) {
		return skipNewlines(bytes, skipWhile(source, next, end, PUNCTUATION), end, false);
	}
	return flags & SPACE ? linesOrSpacesEnd(bytes, at, end) : -1;
}

/**
 * Scanner for DeepSeek V3's three Splits in sequence: numbers of up to three digits, then ideographs and kana, then
 * {@link deepseekWordScanner}. The last Split sees each section between numbers and ideographs as a separate text,
 * which affects its lookahead and its optional first character.
 */
export const deepseekScanner: Scanner = (source, start, end, ends) => {
	const { bytes } = source;
	let at = start;
	while (at < end) {
		const digits = skipAtMost(bytes, at, end, NUMBER, 3);
		if (digits > at) {
			ends.push((at = digits));
			continue;
		}
		// Runs of ideographs may contain a few marks and punctuation characters, at which the last Split splits.
		const ideographs = ideographsEnd(bytes, at, end);
		const stop = ideographs > at ? ideographs : sectionEnd(bytes, at, end);
		deepseekWordScanner(source, at, stop, ends);
		at = stop;
	}
};

/** Position of the next number, ideograph or kana; `end` if there is none. */
function sectionEnd(bytes: Uint8Array, at: number, end: number): number {
	while (at < end) {
		const lead = bytes[at];
		if (lead < 0x80) {
			if (CLASS_FLAGS[lead] & NUMBER) return at;
			at++;
		} else {
			const code = codePointAt(bytes, at);
			if (CLASS_FLAGS[code] & NUMBER || isIdeographOrKana(code)) return at;
			at += sequenceLength(lead);
		}
	}
	return at;
}
