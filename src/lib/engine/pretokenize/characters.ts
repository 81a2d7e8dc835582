import type { Extras } from '../text/extras';
import type { Matcher } from '../text/pattern';
import { isPunctuation } from '../text/stage-classes';
import { CLASS_FLAGS, ClassFlag, isWhiteSpace } from '../text/unicode-classes';
import { codePointAt, sequenceLength } from '../text/utf8';

/** Matchers for stages that split by character class instead of by pattern. */

/**
 * Creates a matcher for runs of characters to which a numbering assigns the same number. Characters numbered 0 are not
 * matched.
 * @param createNumbering creates a function that is called for the characters of a text in order and returns the number
 * of each
 */
function matchRuns(createNumbering: () => (codePoint: number) => number): Matcher {
	return {
		begin: () => undefined,
		steps: 0,
		findInBytes(bytes, start, end, matches) {
			const numberOf = createNumbering();
			let run = 0;
			let from = start;
			const close = (to: number) => {
				if (run === 0) return;
				matches.push(from);
				matches.push(to);
			};
			for (let at = start; at < end; at += sequenceLength(bytes[at])) {
				const number = numberOf(codePointAt(bytes, at));
				if (number === run) continue;
				close(at);
				run = number;
				from = at;
			}
			close(end);
		}
	};
}

const matchEach = (isMatch: (codePoint: number) => boolean): Matcher =>
	matchRuns(() => {
		let count = 0;
		return (codePoint) => (isMatch(codePoint) ? ++count : 0);
	});

export const matchWhiteSpace = (): Matcher => matchEach(isWhiteSpace);

/**
 * Creates a matcher for the characters that Rust's `char::is_numeric` accepts in Hugging Face's library: \p{N} and the
 * numbers added in Unicode 17.
 */
export const matchNumbers = (): Matcher =>
	matchEach(
		(code) =>
			(CLASS_FLAGS[code] & ClassFlag.number) !== 0 ||
			(code >= 0x11de0 && code <= 0x11de9) ||
			(code >= 0x16ff4 && code <= 0x16ff6)
	);

export const matchPunctuation = (): Matcher => matchEach(isPunctuation);

/** Creates a matcher for runs of `length` code points. The last run may be shorter. */
export const matchLengths = (length: number): Matcher =>
	matchRuns(() => {
		let count = 0;
		return () => 1 + Math.floor(count++ / length);
	});

/** Creates a matcher for Rust's `\w+|[^\w\s]+`. */
export const matchWords = ({ isWordCharacter }: Extras): Matcher =>
	matchRuns(
		() => (codePoint) => (isWordCharacter(codePoint) ? 1 : isWhiteSpace(codePoint) ? 0 : 2)
	);

/**
 * Creates a matcher for runs of one script. A character that can join any script belongs to the previous run. As in
 * the reference, such a character is matched only if a run precedes it.
 */
export const matchScripts = ({ scriptOf }: Extras): Matcher =>
	matchRuns(() => {
		let script = 0;
		return (codePoint) => {
			const found = scriptOf(codePoint);
			if (found !== 0) script = found;
			return script;
		};
	});
