/**
 * Grapheme clusters of Unicode (UAX #29), as `Intl.Segmenter` finds them: the characters that a reader
 * sees. `é` written as a letter and a combining mark is one, and so are an emoji family of seven code
 * points and a Hangul syllable, however it is written.
 */
import { byteLength } from '../engine/text';

/** The graphemes of a text, as a struct of arrays. */
export interface Graphemes {
	readonly texts: readonly string[];
	/** End of each grapheme, a byte offset in the UTF-8 of the text. */
	readonly ends: Uint32Array;
}

/**
 * Which letters are the same: with `alike` upper and lower case are, with `exact` they are not. In both
 * cases canonical equivalents are the same (`é` in one code point or two), and `é` is not `e`.
 */
export type CaseRule = 'alike' | 'exact';

// The rules for clusters do not depend on the language; naming one makes every machine behave alike.
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** ASCII without a carriage return, which forms one grapheme with a newline after it. */
// eslint-disable-next-line no-control-regex
const PLAIN = /^[\x00-\x0c\x0e-\x7f]*$/;

/** Lone surrogates count as U+FFFD, as they do in every encoding. */
export function graphemesOf(text: string): Graphemes {
	// Called on every key press, so the segmenter is skipped if each character is a grapheme.
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

/** Concatenates two texts, each segmented on its own: a mark at the start of `b` remains a grapheme. */
export function joinGraphemes(a: Graphemes, b: Graphemes): Graphemes {
	const end = a.ends.at(-1);
	if (end === undefined) return b;
	return {
		texts: [...a.texts, ...b.texts],
		ends: Uint32Array.from([...a.ends, ...b.ends.map((byte) => end + byte)])
	};
}

/** One byte per grapheme, 1 if it is `letter`. A `letter` that is not one grapheme matches none. */
export function matchesOf({ texts }: Graphemes, letter: string, rule: CaseRule): Uint8Array {
	const asked = comparable(letter, rule);
	return Uint8Array.from(texts, (text) => Number(comparable(text, rule) === asked));
}

/** Number of graphemes that are `letter`. */
export const countLetter = (graphemes: Graphemes, letter: string, rule: CaseRule): number =>
	matchesOf(graphemes, letter, rule).reduce((sum, match) => sum + match, 0);

/** Whether a grapheme consists only of marks that need a letter. */
export const isLoneMark = (grapheme: string): boolean => /^\p{M}+$/u.test(grapheme);

function comparable(grapheme: string, rule: CaseRule): string {
	if (PLAIN.test(grapheme)) return rule === 'alike' ? grapheme.toLowerCase() : grapheme;
	const text = rule === 'alike' ? foldedCase(grapheme) : grapheme;
	return text.toWellFormed().normalize('NFC');
}

/**
 * Folds through upper case, where `ß` and `ẞ`, `ς` and `σ` become equal. So would `ı` and `i`, which are
 * two letters of one alphabet: `ı` is kept, as in Unicode's folding.
 */
const foldedCase = (text: string): string =>
	text
		.toLowerCase()
		.split('ı')
		.map((part) => part.toUpperCase().toLowerCase())
		.join('ı');
