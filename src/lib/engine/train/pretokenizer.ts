import { scannerFor } from '../pretokenize/scanners';
import type { Scanner } from '../pretokenize/types';
import { IntBuffer } from '../structures/int-buffer';
import { createMatcher } from '../text/pattern';
import { PATTERNS, patternRegex } from './patterns';
import type { TrainingPattern } from './types';

const NEWLINE = 0x0a;

/**
 * Cuts a text into pre-tokens, as Split does with `Isolated`: matches are pieces, and so is what lies
 * between them. Throws an error that says where when the pattern is a regular expression that cannot be
 * translated.
 */
export function createPretokenizer(pattern: TrainingPattern): Scanner {
	const regex = patternRegex(pattern);
	if (regex === null) return wholeScanner;
	return scannerFor(regex) ?? regexScanner(regex);
}

/**
 * Whether a text may be cut after a newline that stands between two letters: in every pattern with a
 * name the newline ends a piece there, and no run of whitespace or punctuation reaches across it. Of
 * other patterns nothing is known.
 */
export function cutsBetweenLines(pattern: TrainingPattern): boolean {
	const regex = patternRegex(pattern);
	return regex !== null && Object.values(PATTERNS).includes(regex);
}

/** Every line, with its newline (LF), as a text of its own. */
export const byLines =
	(scan: Scanner): Scanner =>
	(bytes, start, end, ends) => {
		for (let at = start; at < end;) {
			const newline = bytes.indexOf(NEWLINE, at);
			const stop = newline < 0 || newline >= end ? end : newline + 1;
			scan(bytes, at, stop, ends);
			at = stop;
		}
	};

const wholeScanner: Scanner = (_bytes, start, end, ends) => {
	if (start < end) ends.push(end);
};

function regexScanner(regex: string): Scanner {
	const matcher = createMatcher({ Regex: regex });
	const matches = new IntBuffer(256);
	return (bytes, start, end, ends) => {
		matches.clear();
		matcher.findInBytes(bytes, start, end, matches);
		let at = start;
		// Every bound of a match ends a piece, empty matches included.
		for (let i = 0; i < matches.length; i++) {
			const bound = matches.data[i];
			if (bound > at) ends.push((at = bound));
		}
		if (end > at) ends.push(end);
	};
}
