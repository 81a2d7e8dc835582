import type { PatternSpec } from '../spec';
import type { IntBuffer } from '../structures/arrays';
import { encodeUtf8, sequenceLength } from './utf8';

/** Finds leftmost, non-overlapping matches of a pattern, as the reference libraries do. */
export interface Matcher {
	/**
	 * Prepares to search a new text of `byteCount` bytes. All searches in this text share one limit on the number of
	 * backtracking steps.
	 */
	begin(byteCount: number): void;
	/** Backtracking steps since `begin` was called. A step is a choice, a failure, or a few bytes matched by a loop. */
	readonly steps: number;
	/**
	 * Appends the start and end byte (exclusive) of every match in `bytes[start, end)` to `matches`.
	 * @throws Error if a regular expression backtracks too much
	 */
	findInBytes(bytes: Uint8Array, start: number, end: number, matches: IntBuffer): void;
}

/**
 * Creates a matcher for a regular expression in Oniguruma's syntax.
 * @throws Error if the expression is invalid, unsupported or too large
 */
export type CompileRegex = (regex: string) => Matcher;

/** Creates a matcher for a pattern. @throws Error if a regular expression is invalid, unsupported or too large */
export function createMatcher(
	pattern: PatternSpec,
	extras: { readonly compileRegex: CompileRegex }
): Matcher {
	if ('Regex' in pattern) return extras.compileRegex(pattern.Regex);
	// An empty string matches between all characters, like an empty regular expression.
	return pattern.String === '' ? extras.compileRegex('') : matchLiteral(pattern.String);
}

/** Creates a matcher for a non-empty string. */
export function matchLiteral(content: string): Matcher {
	const needle = encodeUtf8(content);
	return {
		begin() {
			// A literal search never backtracks.
		},
		steps: 0,
		findInBytes(bytes, start, end, matches) {
			const { length } = needle;
			const first = needle[0];
			// Not `indexOf`, because it would search past `end` in every short section.
			for (let at = start; at + length <= end; at++) {
				if (bytes[at] !== first) continue;
				let equal = 1;
				while (equal < length && bytes[at + equal] === needle[equal]) equal++;
				if (equal < length) continue;
				matches.push(at);
				matches.push(at + length);
				at += length - 1;
			}
		}
	};
}

/** Appends all matches in a text, as UTF-16 offsets. @throws Error if a regular expression backtracks too much */
export function findInText(matcher: Matcher, text: string, matches: IntBuffer): void {
	const bytes = encodeUtf8(text);
	const first = matches.length;
	matcher.begin(bytes.length);
	matcher.findInBytes(bytes, 0, bytes.length, matches);
	let byte = 0;
	let unit = 0;
	for (let i = first; i < matches.length; i++) {
		for (const target = matches.data[i]; byte < target; byte += sequenceLength(bytes[byte])) {
			unit += bytes[byte] < 0xf0 ? 1 : 2;
		}
		matches.data[i] = unit;
	}
}
