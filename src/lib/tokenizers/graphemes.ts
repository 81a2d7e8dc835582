/**
 * What a reader takes for one character: a grapheme cluster of Unicode (UAX #29), as `Intl.Segmenter`
 * cuts it. `é` written as a letter and a combining mark is one, and so are an emoji family of seven
 * code points and a Hangul syllable, however it is written.
 */
import { byteLength } from '../engine/text';

/** A text cut into graphemes, as a struct of arrays. */
export interface Graphemes {
	readonly texts: readonly string[];
	/** n, byte after each grapheme's last in the UTF-8 of the text. */
	readonly ends: Uint32Array;
}

/**
 * Which letters are the same: `alike` takes upper and lower case for one, `exact` does not. Either
 * way canonical equivalents are the same (`é` in one code point or two), and `é` is not `e`.
 */
export type CaseRule = 'alike' | 'exact';

// The rules for clusters do not depend on the language; naming one makes every machine do the same.
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** ASCII without a carriage return, which makes one grapheme with a newline behind it. */
// eslint-disable-next-line no-control-regex
const PLAIN = /^[\x00-\x0c\x0e-\x7f]*$/;

/** Lone surrogates count as U+FFFD, as they do in every encoding. */
export function graphemesOf(text: string): Graphemes {
	// Asked for with every letter that is typed: here each character is a grapheme, without asking the segmenter.
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

/** Two texts one after another, each cut by itself: a mark at the beginning of `b` stays a letter of its own. */
export function joinGraphemes(a: Graphemes, b: Graphemes): Graphemes {
	const end = a.ends.at(-1);
	if (end === undefined) return b;
	return {
		texts: [...a.texts, ...b.texts],
		ends: Uint32Array.from([...a.ends, ...b.ends.map((byte) => end + byte)])
	};
}

/** One byte a grapheme, 1 where it is the letter asked for. A `letter` that is not one grapheme is nowhere. */
export function matchesOf({ texts }: Graphemes, letter: string, rule: CaseRule): Uint8Array {
	const asked = comparable(letter, rule);
	return Uint8Array.from(texts, (text) => Number(comparable(text, rule) === asked));
}

/** How many graphemes are the letter asked for: what a reader counts. */
export const countLetter = (graphemes: Graphemes, letter: string, rule: CaseRule): number =>
	matchesOf(graphemes, letter, rule).reduce((sum, match) => sum + match, 0);

/** Whether a grapheme is nothing but marks that need a letter to stand on. */
export const isLoneMark = (grapheme: string): boolean => /^\p{M}+$/u.test(grapheme);

function comparable(grapheme: string, rule: CaseRule): string {
	if (PLAIN.test(grapheme)) return rule === 'alike' ? grapheme.toLowerCase() : grapheme;
	const text = rule === 'alike' ? foldedCase(grapheme) : grapheme;
	return text.toWellFormed().normalize('NFC');
}

/**
 * Through upper case: `ß` and `ẞ`, `ς` and `σ` meet there. So would `ı` and `i`, which are two letters
 * of one alphabet: `ı` stays what it is, as in Unicode's folding.
 */
const foldedCase = (text: string): string =>
	text
		.toLowerCase()
		.split('ı')
		.map((part) => part.toUpperCase().toLowerCase())
		.join('ı');
