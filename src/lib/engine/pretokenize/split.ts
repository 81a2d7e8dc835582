import { toByteLevel } from '../structures/byte-level';
import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import type { PatternSpec, SplitBehavior } from '../spec';
import type { Extras } from '../text/extras';
import { createMatcher, findInText, type Matcher } from '../text/pattern';
import { Pretokens, type PreTokenizer, type Scanner } from './pretokens';

/**
 * Creates a step that splits pre-tokens at a pattern. For example, `the-final--countdown` at `-`:
 *
 *     Removed             the final countdown
 *     Isolated            the - final - - countdown
 *     MergedWithPrevious  the- final- - countdown
 *     MergedWithNext      the -final - -countdown
 *     Contiguous          the - final -- countdown
 *
 * With `invert`, matches and the text between them swap roles.
 * @throws Error if the pattern cannot be translated
 */
export const createSplit = (
	pattern: PatternSpec,
	behavior: SplitBehavior,
	invert: boolean,
	extras: Extras
): PreTokenizer => createMatcherSplit(createMatcher(pattern, extras), behavior, invert);

/** Creates a step that splits pre-tokens with a scanner, as Split does with `Isolated`. */
export function createScannerSplit(scanner: Scanner): PreTokenizer {
	const result = new Pretokens();
	return ({ text, starts, ends, byteLevel }) => {
		result.reset(text, byteLevel);
		const source = new ByteSource(text.bytes);
		for (let i = 0; i < starts.length; i++) {
			const first = result.ends.length;
			scanner(source, starts.data[i], ends.data[i], result.ends);
			const added = result.ends.length - first;
			result.starts.reserve(added);
			const from = result.starts.data;
			from[first] = starts.data[i];
			for (let j = first + 1; j < first + added; j++) from[j] = result.ends.data[j - 1];
			result.starts.length += added;
		}
		return result;
	};
}

export function createMatcherSplit(
	matcher: Matcher,
	behavior: SplitBehavior,
	invert: boolean
): PreTokenizer {
	const matches = new IntBuffer(64);
	const result = new Pretokens();
	return (pretokens) => {
		const { text, starts, ends, byteLevel } = pretokens;
		result.reset(text, byteLevel);
		matcher.begin(text.end - text.start);
		for (let i = 0; i < starts.length; i++) {
			const start = starts.data[i];
			const end = ends.data[i];
			matches.clear();
			if (byteLevel) {
				findInText(matcher, toByteLevel(text.bytes.subarray(start, end)), matches);
				for (let j = 0; j < matches.length; j++) matches.data[j] += start;
			} else {
				matcher.findInBytes(text.bytes, start, end, matches);
			}
			splitAt(matches, start, end, behavior, invert, result);
		}
		return result;
	};
}

/** Splits bytes [start, end) at `matches`: start and end of each match, in order. Matches may be empty. */
function splitAt(
	matches: IntBuffer,
	start: number,
	end: number,
	behavior: SplitBehavior,
	invert: boolean,
	result: Pretokens
): void {
	const { data, length } = matches;
	const runs: { end: number; delimiter: boolean }[] = [];
	let at = start;
	for (let i = 0; i < length; i += 2) {
		if (data[i] !== at) runs.push({ end: data[i], delimiter: invert });
		at = data[i + 1];
		runs.push({ end: at, delimiter: !invert });
	}
	if (at !== end) runs.push({ end, delimiter: invert });

	let pretokenStart = start;
	runs.forEach((run, i) => {
		if (behavior === 'Removed' && run.delimiter) pretokenStart = run.end;
		if (i + 1 < runs.length && joinsNext(runs, i, behavior)) return;
		result.add(pretokenStart, run.end);
		pretokenStart = run.end;
	});
}

/** Whether run `i` and the next run form one pre-token. */
function joinsNext(
	runs: readonly { readonly delimiter: boolean }[],
	i: number,
	behavior: SplitBehavior
): boolean {
	const here = runs[i].delimiter;
	const next = runs[i + 1].delimiter;
	switch (behavior) {
		case 'Removed':
		case 'Isolated':
			return false;
		case 'Contiguous':
			return here === next;
		case 'MergedWithPrevious':
			return next && !here;
		case 'MergedWithNext':
			return here && !next;
	}
}
