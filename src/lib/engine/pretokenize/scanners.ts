import type { PreTokenizerSpec } from '../spec';
import { IntBuffer } from '../structures/arrays';
import {
	cl100kPattern,
	gpt2Pattern,
	KIMI_PATTERN,
	LINES_AND_SPACES,
	o200kPattern,
	possessiveGpt2Pattern,
	UP_TO_THREE_DIGITS,
	WORDS_WITH_MARKS
} from './patterns';
import { cl100kScanner } from './scanners/cl100k';
import { CONTRACTION_SPELLINGS, Contractions } from './scanners/contractions';
import { deepseekScanner, deepseekWordScanner, ideographScanner } from './scanners/deepseek';
import { LETTER, NUMBER, skipAtMost, skipUntil } from './scanners/chars';
import { gpt2Scanner } from './scanners/gpt2';
import { o200kScanner } from './scanners/o200k';
import { ClassFlag } from '../text/unicode-classes';
import type { Scanner } from './pretokens';

type SplitSpec = Extract<PreTokenizerSpec, { type: 'Split' }>;

const NUMBERS = ['\\p{N}', '\\p{N}{1,2}', UP_TO_THREE_DIGITS] as const;
const DEEPSEEK_IDEOGRAPHS = '[一-龥\u3040-ゟ゠-ヿ]+';
const DEEPSEEK_WORDS =
	'[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+' +
	`| ?[\\p{P}\\p{S}]+[\\r\\n]*|${LINES_AND_SPACES}`;

/** DeepSeek V3's three patterns in sequence. */
const DEEPSEEK = [UP_TO_THREE_DIGITS, DEEPSEEK_IDEOGRAPHS, DEEPSEEK_WORDS];

/**
 * Hand-written scanners, by pattern. They are much faster than a JavaScript regex and use the same Unicode classes as
 * the references.
 */
const SCANNERS: ReadonlyMap<string, Scanner> = buildScanners();

function buildScanners(): Map<string, Scanner> {
	const scanners = new Map<string, Scanner>();
	const addO200k = (suffix: string, kind: Contractions) =>
		NUMBERS.forEach((digits, i) =>
			scanners.set(o200kPattern({ suffix, digits }), o200kScanner(kind, i + 1))
		);
	for (const [contractions, kind] of CONTRACTION_SPELLINGS) {
		const gpt2 = gpt2Scanner(kind);
		scanners.set(gpt2Pattern(contractions), gpt2);
		scanners.set(possessiveGpt2Pattern(contractions), gpt2);
		NUMBERS.forEach((digits, i) => {
			scanners.set(cl100kPattern({ contractions, digits }), cl100kScanner(kind, i + 1));
			const withMarks = cl100kPattern({ contractions, digits, ...WORDS_WITH_MARKS });
			scanners.set(withMarks, cl100kScanner(kind, i + 1, LETTER | ClassFlag.mark));
		});
		// Without parentheses, `?` would apply only to the last alternative.
		if (/^\(.*\)$/.test(contractions)) addO200k(`${contractions}?`, kind);
	}
	addO200k('', Contractions.none);
	scanners.set(KIMI_PATTERN, o200kScanner(Contractions.folded, 3, true));
	NUMBERS.forEach((number, i) => scanners.set(number, numberScanner(i + 1)));
	scanners.set(DEEPSEEK_IDEOGRAPHS, ideographScanner);
	scanners.set(DEEPSEEK_WORDS, deepseekWordScanner);
	return scanners;
}

/**
 * Finds the hand-written scanner for a pattern; `null` if there is none. A scanner behaves like a Split with
 * `Isolated`: both matches and the text between them become pre-tokens.
 */
export function scannerFor(regex: string): Scanner | null {
	// Some tokenizer files escape the CR and LF in a character class; others contain the characters themselves.
	return SCANNERS.get(regex.replaceAll('\r', '\\r').replaceAll('\n', '\\n')) ?? null;
}

/** Scanners for patterns that leave some text unmatched. */
const PARTIAL = new Set([...NUMBERS, DEEPSEEK_IDEOGRAPHS, DEEPSEEK_WORDS].map(scannerFor));

/** Finds the scanner equivalent to a Split; `null` if there is none. */
export function scannerForSplit({ pattern, behavior, invert }: SplitSpec): Scanner | null {
	const scanner = 'Regex' in pattern ? scannerFor(pattern.Regex) : null;
	// `Isolated` treats matches and the text between them alike, so `invert` doesn't matter. `Removed` with `invert`
	// keeps all text if the pattern matches all of it.
	const keepsAll = behavior === 'Removed' && invert && !PARTIAL.has(scanner);
	return behavior === 'Isolated' || keepsAll ? scanner : null;
}

/** Finds a scanner for a sequence of Splits (all `Isolated`); `null` if there is none or the sequence is empty. */
export function scannerForSequence(regexes: readonly string[]): Scanner | null {
	const scanners = regexes.map(scannerFor).filter((scanner) => scanner !== null);
	if (scanners.length < regexes.length || scanners.length === 0) return null;
	const isDeepseek =
		scanners.length === 3 && DEEPSEEK.every((regex, i) => scanners[i] === SCANNERS.get(regex));
	return isDeepseek ? deepseekScanner : scanners.reduce(composeScanners);
}

/**
 * Composes two scanners: splits with `first`, then splits each resulting pre-token with `second`, as a separate text.
 */
function composeScanners(first: Scanner, second: Scanner): Scanner {
	return (source, start, end, ends) => {
		const outer = new IntBuffer();
		first(source, start, end, outer);
		let from = start;
		for (let i = 0; i < outer.length; i++) {
			second(source, from, outer.data[i], ends);
			from = outer.data[i];
		}
	};
}

/** Creates the scanner for `\p{N}{1,maxDigits}`. */
function numberScanner(maxDigits: number): Scanner {
	return ({ bytes }, start, end, ends) => {
		let at = start;
		while (at < end) {
			const digits = skipAtMost(bytes, at, end, NUMBER, maxDigits);
			at = digits > at ? digits : skipUntil(bytes, at, end, NUMBER);
			ends.push(at);
		}
	};
}
