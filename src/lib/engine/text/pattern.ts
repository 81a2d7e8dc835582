import type { PatternSpec } from '../spec';
import type { IntBuffer } from '../structures/arrays';
import { encodeUtf8 } from './utf8';

/** Finds leftmost, non-overlapping matches of a pattern, as the references do. */
export interface Matcher {
	/**
	 * Begins a text of so many bytes, of which the following calls search parts. It bounds the work that all of them may
	 * take together.
	 */
	begin(byteCount: number): void;
	/** Steps of backtracking since `begin`: choices, failures, and a few characters of a loop each. */
	readonly steps: number;
	/**
	 * Appends the first and exclusive last byte of every match in `bytes[start, end)` to `matches`.
	 * @throws Error if a regular expression backtracks too much
	 */
	findInBytes(bytes: Uint8Array, start: number, end: number, matches: IntBuffer): void;
	/** Appends the matches in a whole text, in UTF-16 code units. @throws Error as above */
	findInText(text: string, matches: IntBuffer): void;
}

/** Creates the matcher of a regular expression in Oniguruma's syntax. @throws Error if it is invalid, not supported or too large */
export type CompileRegex = (regex: string) => Matcher;

/** Creates the matcher of a pattern. @throws Error if a regular expression is invalid or not supported */
export function createMatcher(
	pattern: PatternSpec,
	extras: { readonly compileRegex: CompileRegex }
): Matcher {
	if ('Regex' in pattern) return extras.compileRegex(pattern.Regex);
	// An empty string matches between all characters, like an empty regular expression.
	return pattern.String === '' ? extras.compileRegex('') : matchLiteral(pattern.String);
}

/** Creates the matcher of a string that is not empty. */
export function matchLiteral(content: string): Matcher {
	const needle = encodeUtf8(content);
	return {
		begin() {
			// Its work is proportional to the text.
		},
		steps: 0,
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
