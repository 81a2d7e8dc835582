import { scannerFor } from '../pretokenize/scanners';
import type { Scanner } from '../pretokenize/pretokens';
import type { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import type { Extras } from '../text/extras';
import type { Matcher } from '../text/pattern';
import { reasonOf } from '../text/words';
import { PATTERNS, patternRegex } from './patterns';
import { TrainingRuleError } from './rules';
import type { TrainingPattern } from './types';

const NEWLINE = 0x0a;

export interface Pretokenizer {
	readonly scan: Scanner;
	/** Whether the pattern has matched anything; always `true` for a named pattern. */
	readonly matched: boolean;
}

/**
 * Creates a pre-tokenizer that splits text like Hugging Face's `Split` with the behaviour `Isolated`: each match is a
 * pre-token, and so is the text between two matches.
 * @throws TrainingRuleError if a regular expression cannot be translated
 */
export function createPretokenizer(pattern: TrainingPattern, extras: Extras): Pretokenizer {
	const regex = patternRegex(pattern);
	if (regex === null) return { scan: wholeScanner, matched: true };
	const scan = scannerFor(regex);
	return scan ? { scan, matched: true } : createRegexPretokenizer(regex, extras);
}

/**
 * Whether splitting a text at the boundaries from `betweenWords` is known to preserve its pre-tokens. Every named
 * pattern allows this: white space in a pre-token is its first character, or the whole pre-token, or line ends that
 * follow symbols and precede neither a letter nor a space.
 */
export function splitsBetweenWords(pattern: TrainingPattern): boolean {
	const regex = patternRegex(pattern);
	return regex !== null && Object.values(PATTERNS).includes(regex);
}

/** Creates a scanner that treats each line, including its newline (LF), as a separate text. */
export const byLines =
	(scan: Scanner): Scanner =>
	(source, start, end, ends) => {
		// The search for a newline must not run past `end`.
		const text = source.bytes.subarray(0, end);
		for (let at = start; at < end;) {
			const newline = text.indexOf(NEWLINE, at);
			const stop = newline < 0 ? end : newline + 1;
			scan(source, at, stop, ends);
			at = stop;
		}
	};

const wholeScanner: Scanner = (_source, start, end, ends) => {
	if (start < end) ends.push(end);
};

function createRegexPretokenizer(regex: string, { compileRegex }: Extras): Pretokenizer {
	let matcher: Matcher;
	try {
		matcher = compileRegex(regex);
	} catch (cause) {
		throw new TrainingRuleError('pattern', reasonOf(cause), { cause });
	}
	const matches = new IntBuffer(256);
	const pretokenizer = {
		matched: false,
		scan: ({ bytes }: ByteSource, start: number, end: number, ends: IntBuffer) => {
			matches.clear();
			matcher.begin(end - start);
			matcher.findInBytes(bytes, start, end, matches);
			if (matches.length > 0) pretokenizer.matched = true;
			let at = start;
			// The start and end of every match, even an empty match, are pre-token boundaries.
			for (let i = 0; i < matches.length; i++) {
				const bound = matches.data[i];
				if (bound > at) ends.push((at = bound));
			}
			if (end > at) ends.push(end);
		}
	};
	return pretokenizer;
}
