import { byteLength } from '../engine/text';

/**
 * Grapheme clusters (UAX #29) of a text: the characters that a reader sees. A letter with a combining mark is one
 * grapheme, and so is an emoji family of seven code points.
 */
export interface Graphemes {
	readonly texts: readonly string[];
	/** The byte offset at which each grapheme ends, in the UTF-8 of the text. */
	readonly ends: Uint32Array;
}

/**
 * How letters are compared: `alike` ignores case; `exact` doesn't. Under both rules, canonical equivalents are equal
 * (`é` as one or two code points), and `é` differs from `e`.
 */
export type CaseRule = 'alike' | 'exact';

// Grapheme clusters don't depend on the language, but specifying one makes all machines behave the same.
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Matches ASCII without a carriage return, because CR LF is a single grapheme. */
// eslint-disable-next-line no-control-regex
const PLAIN = /^[\x00-\x0c\x0e-\x7f]*$/;

/** Splits a text into graphemes. Lone surrogates become U+FFFD, as in every encoding. */
export function graphemesOf(text: string): Graphemes {
	// This runs on every key press, so text in which each character is a grapheme skips the segmenter.
	if (PLAIN.test(text)) {
		const ends = new Uint32Array(text.length);
		for (let i = 0; i < ends.length; i++) ends[i] = i + 1;
		return { texts: text.split(''), ends };
	}
	const texts = Array.from(segmenter.segment(text.toWellFormed()), ({ segment }) => segment);
	const ends = new Uint32Array(texts.length);
	let end = 0;
	texts.forEach((grapheme, i) => (ends[i] = end += byteLength(grapheme)));
	return { texts, ends };
}

/** Concatenates the graphemes of two texts. A combining mark at the start of `b` remains a separate grapheme. */
export function joinGraphemes(a: Graphemes, b: Graphemes): Graphemes {
	const end = a.ends.at(-1);
	if (end === undefined) return b;
	return {
		texts: [...a.texts, ...b.texts],
		ends: Uint32Array.from([...a.ends, ...b.ends.map((byte) => end + byte)])
	};
}

/** Compares each grapheme with `letter`: 1 if equal, otherwise 0. */
export function matchesOf({ texts }: Graphemes, letter: string, rule: CaseRule): Uint8Array {
	const key = comparable(letter, rule);
	return Uint8Array.from(texts, (text) => Number(comparable(text, rule) === key));
}

/** Whether a grapheme consists only of combining marks. */
export const isLoneMark = (grapheme: string): boolean => /^\p{M}+$/u.test(grapheme);

function comparable(grapheme: string, rule: CaseRule): string {
	if (PLAIN.test(grapheme)) return rule === 'alike' ? grapheme.toLowerCase() : grapheme;
	const text = rule === 'alike' ? foldedCase(grapheme) : grapheme;
	return text.toWellFormed().normalize('NFC');
}

/**
 * Folds case by converting to upper case first, so that `ß` equals `ẞ` and `ς` equals `σ`. As in Unicode's case
 * folding, `ı` and `i` stay different, because both are letters in the Turkish alphabet.
 */
const foldedCase = (text: string): string =>
	text
		.toLowerCase()
		.split('ı')
		.map((part) => part.toUpperCase().toLowerCase())
		.join('ı');
