import type { PatternSpec } from '../spec';
import type { IntBuffer } from '../structures/int-buffer';
import { translateRegex } from './regex/translate';
import { decodeUtf8, encodeUtf8, splitsPair } from './utf8';

/** Finds leftmost, non-overlapping matches of a pattern, as the references do. */
export interface Matcher {
	/** Appends the first and exclusive last byte of every match in `bytes[start, end)` to `matches`. */
	findInBytes(bytes: Uint8Array, start: number, end: number, matches: IntBuffer): void;
	/** Appends the matches in a string, in UTF-16 code units. */
	findInText(text: string, matches: IntBuffer): void;
}

/** Builds the matcher of a pattern. @throws Error if a regular expression cannot be translated */
export function createMatcher(pattern: PatternSpec): Matcher {
	if ('Regex' in pattern) return regex(translateRegex(pattern.Regex));
	// An empty string matches between all characters, like an empty regular expression.
	return pattern.String === '' ? regex(translateRegex('')) : literal(pattern.String);
}

function literal(content: string): Matcher {
	const needle = encodeUtf8(content);
	return {
		findInBytes(bytes, start, end, matches) {
			const { length } = needle;
			const first = needle[0];
			// Not `indexOf`, which would search beyond `end` for every short section.
			for (let at = start; at + length <= end; at++) {
				if (bytes[at] !== first) continue;
				let equal = 1;
				while (equal < length && bytes[at + equal] === needle[equal]) equal++;
				if (equal < length) continue;
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
			// Converts code units to bytes in one pass over the text.
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
 * Appends the matches in a string. As in the references, an empty match directly after another match does not
 * count. Neither does one within a surrogate pair, where V8 finds empty matches of lookarounds. (`matchAll` copies
 * the RegExp for every text, which takes longer than matching a short one.)
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

/** Number of UTF-8 bytes of a UTF-16 code unit in well-formed text; 2 for a surrogate. */
function unitBytes(unit: number): number {
	if (unit < 0x80) return 1;
	return unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
}
