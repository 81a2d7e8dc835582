import type { IntBuffer } from '../structures/arrays';
import type { Extras } from '../text/extras';
import type { Matcher } from '../text/pattern';
import { isPunctuation } from '../text/stage-classes';
import { CLASS_FLAGS, ClassFlag, isWhiteSpace } from '../text/unicode-classes';
import { codePointAt, sequenceLength } from '../text/utf8';

/** Matches of the stages that split by a class of characters instead of a pattern. */

/** Reads a text from start to end, in bytes. */
interface Scan {
	next(codePoint: number, start: number, end: number, matches: IntBuffer): void;
	finish(end: number, matches: IntBuffer): void;
}

/** Creates a matcher that reads each text with a new scan. */
function scanning(createScan: () => Scan): Matcher {
	return {
		begin: () => undefined,
		steps: 0,
		findInBytes(bytes, start, end, matches) {
			const scan = createScan();
			for (let at = start; at < end;) {
				const next = at + sequenceLength(bytes[at]);
				scan.next(codePointAt(bytes, at), at, next, matches);
				at = next;
			}
			scan.finish(end, matches);
		}
	};
}

function push(matches: IntBuffer, start: number, end: number): void {
	matches.push(start);
	matches.push(end);
}

/** Creates a matcher of single characters. */
const matchEach = (isMatch: (codePoint: number) => boolean): Matcher =>
	scanning(() => ({
		next(codePoint, start, end, matches) {
			if (isMatch(codePoint)) push(matches, start, end);
		},
		finish: () => undefined
	}));

/** Creates a matcher of runs of characters of one kind. Kind 0 is between matches. */
function matchRuns(createKind: () => (codePoint: number) => number): Matcher {
	return scanning(() => {
		const kindOf = createKind();
		let kind = 0;
		let from = 0;
		const close = (end: number, matches: IntBuffer) => {
			if (kind !== 0) push(matches, from, end);
		};
		return {
			next(codePoint, start, _, matches) {
				const found = kindOf(codePoint);
				if (found === kind) return;
				close(start, matches);
				kind = found;
				from = start;
			},
			finish: close
		};
	});
}

export const matchWhiteSpace = (): Matcher => matchEach(isWhiteSpace);

/** Creates a matcher of Rust's `char::is_numeric` in Hugging Face's library: \p{N} plus the numbers that Unicode 17 added. */
export const matchNumbers = (): Matcher =>
	matchEach(
		(code) =>
			(CLASS_FLAGS[code] & ClassFlag.number) !== 0 ||
			(code >= 0x11de0 && code <= 0x11de9) ||
			(code >= 0x16ff4 && code <= 0x16ff6)
	);

export const matchPunctuation = (): Matcher => matchEach(isPunctuation);

/** Creates a matcher of parts of `length` code points; the last one may be shorter. */
export const matchLengths = (length: number): Matcher =>
	scanning(() => {
		let count = 0;
		let from = 0;
		return {
			next(_, start, end, matches) {
				if (count === 0) from = start;
				if (++count < length) return;
				push(matches, from, end);
				count = 0;
			},
			finish(end, matches) {
				if (count > 0) push(matches, from, end);
			}
		};
	});

/** Creates a matcher of Rust's `\w+|[^\w\s]+`. */
export const matchWords = ({ isWordCharacter }: Extras): Matcher =>
	matchRuns(
		() => (codePoint) => (isWordCharacter(codePoint) ? 1 : isWhiteSpace(codePoint) ? 0 : 2)
	);

/**
 * Creates a matcher of runs of one script. A character without a script goes with the run before it. Before the first
 * run it is not matched, as in the reference.
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
