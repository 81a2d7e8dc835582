import { toByteLevel } from '../structures/byte-level';
import { IntBuffer } from '../structures/int-buffer';
import type { PatternSpec, SplitBehavior } from '../spec';
import { createMatcher } from '../text/pattern';
import { Pretokens, type PreTokenizer } from './pretokens';
import { scannerFor } from './scanners';
import type { Scanner } from './types';

/**
 * Cuts pieces at a pattern. Throws an error when the pattern cannot be translated.
 *
 * `the-final--countdown` at `-`: Removed gives `the final countdown`, Isolated
 * `the - final - - countdown`, MergedWithPrevious `the- final- - countdown`, MergedWithNext
 * `the -final - -countdown`, Contiguous `the - final -- countdown`. `invert` takes what lies between
 * matches for the matches.
 */
export function createSplit(
	pattern: PatternSpec,
	behavior: SplitBehavior,
	invert: boolean
): PreTokenizer {
	const scanner = behavior === 'Isolated' && 'Regex' in pattern ? scannerFor(pattern.Regex) : null;
	const general = generalSplit(pattern, behavior, invert, scanner !== null);
	if (scanner === null) return general;
	// An isolated piece stays one whichever side counts as the match, so `invert` does not matter.
	const cut = new Pretokens();
	return (pieces) => (pieces.byteLevel ? general(pieces) : scan(scanner, pieces, cut));
}

/** Cuts every piece with a scanner. */
function scan(scanner: Scanner, pieces: Pretokens, cut: Pretokens): Pretokens {
	const { text, starts, ends, byteLevel } = pieces;
	cut.reset(text, byteLevel);
	for (let i = 0; i < starts.length; i++) {
		const first = cut.ends.length;
		scanner(text.bytes, starts.data[i], ends.data[i], cut.ends);
		const added = cut.ends.length - first;
		cut.starts.reserve(added);
		const from = cut.starts.data;
		from[first] = starts.data[i];
		for (let j = first + 1; j < first + added; j++) from[j] = cut.ends.data[j - 1];
		cut.starts.length += added;
	}
	return cut;
}

function generalSplit(
	pattern: PatternSpec,
	behavior: SplitBehavior,
	invert: boolean,
	lazily: boolean
): PreTokenizer {
	// With a scanner at hand the pattern is only needed after ByteLevel, which hardly any file does.
	let matcher = lazily ? null : createMatcher(pattern);
	const matches = new IntBuffer(64);
	const cut = new Pretokens();
	return (pieces) => {
		matcher ??= createMatcher(pattern);
		const { text, starts, ends, byteLevel } = pieces;
		cut.reset(text, byteLevel);
		for (let i = 0; i < starts.length; i++) {
			const start = starts.data[i];
			const end = ends.data[i];
			matches.clear();
			if (byteLevel) {
				matcher.findInText(toByteLevel(text.bytes.subarray(start, end)), matches);
				for (let j = 0; j < matches.length; j++) matches.data[j] += start;
			} else {
				matcher.findInBytes(text.bytes, start, end, matches);
			}
			cutAt(matches, start, end, behavior, invert, cut);
		}
		return cut;
	};
}

/** Cuts bytes [start, end) at matches (start and end of each, in order, possibly empty). */
export function cutAt(
	matches: IntBuffer,
	start: number,
	end: number,
	behavior: SplitBehavior,
	invert: boolean,
	pieces: Pretokens
): void {
	const { data, length } = matches;
	// Runs in order, alternating between gap and match: the end of each, and whether it is a delimiter.
	const runs: { end: number; delimiter: boolean }[] = [];
	let at = start;
	for (let i = 0; i < length; i += 2) {
		if (data[i] !== at) runs.push({ end: data[i], delimiter: invert });
		at = data[i + 1];
		runs.push({ end: at, delimiter: !invert });
	}
	if (at !== end) runs.push({ end, delimiter: invert });

	let pieceStart = start;
	runs.forEach((run, i) => {
		if (behavior === 'Removed' && run.delimiter) pieceStart = run.end;
		if (i + 1 < runs.length && joinsNext(runs, i, behavior)) return;
		pieces.add(pieceStart, run.end);
		pieceStart = run.end;
	});
}

/** Whether run `i` and the one after it are one piece. */
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
