import { scannerFor } from '../pretokenize/scanners';
import type { Scanner } from '../pretokenize/types';
import { IntBuffer } from '../structures/int-buffer';
import { createMatcher, type Matcher } from '../text/pattern';
import { PATTERNS, patternRegex } from './patterns';
import { TrainingRuleError } from './rules';
import type { TrainingPattern } from './types';

const NEWLINE = 0x0a;

export interface Pretokenizer {
	readonly scan: Scanner;
	/** Whether the pattern has matched at all; true for any but a user's regular expression. */
	readonly matched: boolean;
}

/**
 * Creates a function that splits a text into pre-tokens, as Split does with `Isolated`: matches are
 * pre-tokens, and so is the text between them.
 * @throws TrainingRuleError that says where a regular expression cannot be translated
 */
export function createPretokenizer(pattern: TrainingPattern): Pretokenizer {
	const regex = patternRegex(pattern);
	if (regex === null) return { scan: wholeScanner, matched: true };
	const scan = scannerFor(regex);
	return scan ? { scan, matched: true } : new RegexPretokenizer(regex);
}

/**
 * Whether a text may be split after a newline between two letters: in every named pattern the newline ends
 * a pre-token there, and no run of white space or punctuation reaches across it. Nothing is known of other
 * patterns.
 */
export function splitsBetweenLines(pattern: TrainingPattern): boolean {
	const regex = patternRegex(pattern);
	return regex !== null && Object.values(PATTERNS).includes(regex);
}

/** Scans every line, with its newline (LF), as a separate text. */
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
		// Both ends of every match end a pre-token, also of empty matches.
		for (let i = 0; i < matches.length; i++) {
			const bound = matches.data[i];
			if (bound > at) ends.push((at = bound));
		}
		if (end > at) ends.push(end);
	};
}
