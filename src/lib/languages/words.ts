/** Where the words of a text are. */
import { byteLength } from '../engine/text';
import type { WordSpans } from './types';

/**
 * Scripts that put no space between words, and the languages that `Intl.Segmenter` (ICU) has a dictionary
 * of for them. It cuts every text of such a script with that dictionary, Shan with the Burmese one, and
 * without a dictionary it takes a syllable (Tibetan) or a whole sentence (Javanese) for a word. Those
 * words would be wrong, so there are none.
 */
const UNSPACED: Readonly<Record<string, readonly string[]>> = {
	Han: ['zh', 'cmn'],
	Japanese: ['ja'],
	Thai: ['th'],
	Lao: ['lo'],
	Khmer: ['km'],
	Myanmar: ['my'],
	Tibetan: [],
	Yi: [],
	Javanese: [],
	Balinese: [],
	'Tai Le': [],
	'Tai Tham': [],
	'New Tai Lue': []
};

/**
 * The words of a text: the word-like segments of `Intl.Segmenter`. Null where they cannot be told.
 * Languages that write a space between syllables, as Vietnamese does, have their syllables counted.
 * @param script as scriptOf gives it
 * @param bcp47 of the language; null where it is not known: the dictionary's is assumed
 */
export function wordsOf(
	text: string,
	script: string | null,
	bcp47: string | null
): WordSpans | null {
	if (script === null || !canTellWords(script, bcp47)) return null;
	return spansOf(text, segmenter(bcp47), STRETCH);
}

/**
 * UTF-16 units given to the segmenter at once: in some engines its time grows with the square of the
 * length (Node 20 takes 14 seconds for 240,000).
 */
const STRETCH = 4096;

/** UTF-16 units in which a gap is looked for. */
const MOST_WITHOUT_GAP = 4096;

/** A line end, or a space before a letter: no word reaches over either (UAX #29, WB3a and WB999). */
const GAP = /\n|[ ](?=\p{L})/gu;

/** Two a word. @param stretch units that are segmented at once, up to the next gap */
export function spansOf(text: string, segmenter: Intl.Segmenter, stretch: number): WordSpans {
	const spans: number[] = [];
	let byte = 0;
	for (let start = 0; start < text.length;) {
		const end = gapAfter(text, start + stretch);
		const part = text.slice(start, end);
		start = end;
		for (const { segment, isWordLike } of segmenter.segment(part)) {
			const from = byte;
			byte += byteLength(segment);
			if (isWordLike) spans.push(from, byte);
		}
	}
	return Uint32Array.from(spans);
}

/**
 * The unit behind the first gap at or after `unit`, or the end. Where there is none for long (a script
 * without spaces) a word may be cut in two, so that the time stays bounded.
 */
function gapAfter(text: string, unit: number): number {
	if (unit >= text.length) return text.length;
	GAP.lastIndex = 0;
	const gap = GAP.exec(text.slice(unit, unit + MOST_WITHOUT_GAP));
	if (gap) return unit + gap.index + gap[0].length;
	const end = Math.min(text.length, unit + MOST_WITHOUT_GAP);
	const isCut = end < text.length && /[\uDC00-\uDFFF]/.test(text[end]);
	return isCut ? end - 1 : end;
}

function canTellWords(script: string, bcp47: string | null): boolean {
	if (!Object.hasOwn(UNSPACED, script)) return true;
	const dictionaries = UNSPACED[script];
	return bcp47 === null ? dictionaries.length > 0 : dictionaries.includes(bcp47.split('-')[0]);
}

const segmenter = (bcp47: string | null): Intl.Segmenter =>
	new Intl.Segmenter(bcp47 ?? 'und', { granularity: 'word' });
