import type { PatternSpec } from '../spec';
import type { IntBuffer } from '../structures/int-buffer';
import { translateRegex } from './regex/translate';
import { decodeUtf8, encodeUtf8, splitsPair } from './utf8';

/** Finds a pattern as the reference does: leftmost, non-overlapping. */
export interface Matcher {
	/** Appends start and exclusive end (byte) of every match in `bytes[start, end)` to `matches`. */
	findInBytes(bytes: Uint8Array, start: number, end: number, matches: IntBuffer): void;
	/** The same in a string, with offsets in UTF-16 code units. */
	findInText(text: string, matches: IntBuffer): void;
}

/** Builds the matcher of a pattern. @throws Error if a regular expression cannot be translated */
export function createMatcher(pattern: PatternSpec): Matcher {
	if ('Regex' in pattern) return regex(translateRegex(pattern.Regex));
	// An empty string matches between all characters, as an empty regular expression does.
	return pattern.String === '' ? regex(translateRegex('')) : literal(pattern.String);
}

function literal(content: string): Matcher {
	const needle = encodeUtf8(content);
	return {
		findInBytes(bytes, start, end, matches) {
			const { length } = needle;
			const first = needle[0];
			// A plain loop: indexOf would search beyond `end`, repeatedly for short sections.
			for (let at = start; at + length <= end; at++) {
				if (bytes[at] !== first) continue;
				let same = 1;
				while (same < length && bytes[at + same] === needle[same]) same++;
				if (same < length) continue;
				matches.push(at);
				matches.push(at + length);
				at += length - 1;
			}
		},
		findInText(text, matches) {
			for (let at = text.indexOf(content); at >= 0; at = text.indexOf(content, at)) {
				matches.push(at);
				matches.push((at += content.length));
			}
		}
	};
}

function regex(expression: RegExp): Matcher {
	return {
		findInBytes(bytes, start, end, matches) {
			const text = decodeUtf8(bytes.subarray(start, end));
			const first = matches.length;
			find(expression, text, matches);
			// One pass over the text turns code units into bytes.
			let unit = 0;
			let byte = start;
			for (let i = first; i < matches.length; i++) {
				for (const target = matches.data[i]; unit < target; unit++) {
					byte += unitBytes(text.charCodeAt(unit));
				}
				matches.data[i] = byte;
			}
		},
		findInText(text, matches) {
			find(expression, text, matches);
		}
	};
}

/**
 * An empty match right after another match does not count, as in the reference; nor does one within
 * a surrogate pair, where V8 finds matches that consist of lookarounds only. (`matchAll` would do the same,
 * but creates a RegExp for every text, which takes longer than matching a short one.)
 */
function find(expression: RegExp, text: string, matches: IntBuffer): void {
	let last = -1;
	expression.lastIndex = 0;
	for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
		const start = match.index;
		const end = start + match[0].length;
		if (start === end) {
			expression.lastIndex = start + (splitsPair(text, start + 1) ? 2 : 1);
			if (start === last || splitsPair(text, start)) continue;
		}
		matches.push(start);
		matches.push(end);
		last = end;
	}
}

/** UTF-8 bytes of one UTF-16 code unit of well-formed text; a surrogate counts two. */
function unitBytes(unit: number): number {
	if (unit < 0x80) return 1;
	return unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
}
