import { scannerFor } from '../pretokenize/scanners';
import type { Scanner } from '../pretokenize/types';
import { IntBuffer } from '../structures/int-buffer';
import { createMatcher, type Matcher } from '../text/pattern';
import { PATTERNS, patternRegex } from './patterns';
import { TrainingRuleError } from './rule-error';
import type { TrainingPattern } from './types';

const NEWLINE = 0x0a;

export interface Pretokenizer {
	readonly scan: Scanner;
	/** False as long as a regular expression of the user's was found nowhere in what was scanned. */
	readonly matched: boolean;
}

/**
 * Cuts a text into pre-tokens, as Split does with `Isolated`: matches are pieces, and so is what lies
 * between them.
 * @throws TrainingRuleError that says where, for a regular expression that cannot be translated
 */
export function createPretokenizer(pattern: TrainingPattern): Pretokenizer {
	const regex = patternRegex(pattern);
	if (regex === null) return { scan: wholeScanner, matched: true };
	const scan = scannerFor(regex);
	return scan ? { scan, matched: true } : new RegexPretokenizer(regex);
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

class RegexPretokenizer implements Pretokenizer {
	matched = false;
	readonly #matcher: Matcher;
	readonly #matches = new IntBuffer(256);

	constructor(regex: string) {
		try {
			this.#matcher = createMatcher({ Regex: regex });
		} catch (cause) {
			const why = cause instanceof Error ? cause.message : String(cause);
			throw new TrainingRuleError('pattern', why, { cause });
		}
	}

	readonly scan: Scanner = (bytes, start, end, ends) => {
		const matches = this.#matches;
		matches.clear();
		this.#matcher.findInBytes(bytes, start, end, matches);
		if (matches.length > 0) this.matched = true;
		let at = start;
		// Every bound of a match ends a piece, empty matches included.
		for (let i = 0; i < matches.length; i++) {
			const bound = matches.data[i];
			if (bound > at) ends.push((at = bound));
		}
		if (end > at) ends.push(end);
	};
}
