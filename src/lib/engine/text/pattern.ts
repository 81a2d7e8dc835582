import type { PatternSpec } from '../spec';
import type { IntBuffer } from '../structures/int-buffer';
import { compile } from './regex/compile';
import { RegexMachine } from './regex/machine';
import { parseRegex } from './regex/oniguruma';
import { excerpt } from './regex/reader';
import type { RegexNode } from './regex/syntax';
import { encodeUtf8, sequenceLength } from './utf8';

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

/** Builds the matcher of a pattern. @throws Error if a regular expression is invalid or not supported */
export function createMatcher(pattern: PatternSpec): Matcher {
	if ('Regex' in pattern) return createRegexMatcher(parseRegex(pattern.Regex), pattern.Regex);
	// An empty string matches between all characters, like an empty regular expression.
	return pattern.String === '' ? createRegexMatcher(parseRegex(''), '') : literal(pattern.String);
}

function literal(content: string): Matcher {
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

/** Builds the matcher of a parsed regular expression. @param pattern for messages. @throws Error if it is too large */
export function createRegexMatcher(node: RegexNode, pattern: string): Matcher {
	const machine = createMachine(node, pattern);
	return {
		begin(byteCount) {
			machine.begin(byteCount);
		},
		get steps() {
			return machine.steps;
		},
		findInBytes(bytes, start, end, matches) {
			findAll(machine, bytes, start, end, matches);
		},
		findInText(text, matches) {
			const bytes = encodeUtf8(text);
			const first = matches.length;
			machine.begin(bytes.length);
			findAll(machine, bytes, 0, bytes.length, matches);
			// Converts bytes to code units in one pass over the text.
			let byte = 0;
			let unit = 0;
			for (let i = first; i < matches.length; i++) {
				for (const target = matches.data[i]; byte < target; byte += sequenceLength(bytes[byte])) {
					unit += bytes[byte] < 0xf0 ? 1 : 2;
				}
				matches.data[i] = unit;
			}
		}
	};
}

function createMachine(node: RegexNode, pattern: string): RegexMachine {
	try {
		return new RegexMachine(compile(node), pattern);
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		throw new Error(`regular expression ${excerpt(pattern)}: ${cause.message}`, { cause });
	}
}

/** Appends all matches. As in the references, an empty match directly after another match does not count. */
function findAll(
	machine: RegexMachine,
	bytes: Uint8Array,
	start: number,
	end: number,
	matches: IntBuffer
): void {
	let last = -1;
	for (let from = start; from <= end && machine.find(bytes, start, end, from);) {
		const { matchStart, matchEnd } = machine;
		from = matchEnd;
		if (matchStart === matchEnd) {
			from = matchEnd < end ? matchEnd + sequenceLength(bytes[matchEnd]) : end + 1;
			if (matchStart === last) continue;
		}
		matches.push(matchStart);
		matches.push(matchEnd);
		last = matchEnd;
	}
}
