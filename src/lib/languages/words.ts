import { byteLength, splitsPair } from '../engine/text';
import type { WordSpans } from './types';

/**
 * Scripts without spaces between words, and the languages for which `Intl.Segmenter` (ICU) has a dictionary. ICU
 * applies a script's dictionary to all text in the script, for example the Burmese dictionary to Shan text. Without a
 * dictionary, ICU wrongly returns syllables (Tibetan) or whole sentences (Javanese) as words, so languages without a
 * dictionary have no words.
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
 * Finds the words of a text: the word-like segments of `Intl.Segmenter`. `null` if word boundaries are unknown. In
 * languages that put spaces between syllables, such as Vietnamese, each syllable counts as a word.
 * @param script as returned by scriptOf
 * @param bcp47 language of the text; if `null` (unknown), the language of the script's dictionary is assumed
 */
export function wordsOf(
	text: string,
	script: string | null,
	bcp47: string | null
): WordSpans | null {
	if (script === null || !canTellWords(script, bcp47)) return null;
	return spansOf(text, segmenter(bcp47), SEGMENTED_UNITS);
}

/**
 * Minimum number of UTF-16 code units per call to the segmenter. Kept small, because in some JavaScript engines the
 * segmenter's run time is quadratic in the length of the text.
 */
const SEGMENTED_UNITS = 4096;

/** How far to search for a gap, in UTF-16 code units. */
const MAX_UNITS_TO_GAP = 4096;

/** A line ending, or a space before a letter. No word crosses a gap (UAX #29, WB3a and WB999). */
const GAP = /\n|[ ](?=\p{L})/gu;

/**
 * @param minUnits minimum length of each part passed to the segmenter, in UTF-16 code units; each part extends to the
 * next gap
 */
export function spansOf(text: string, segmenter: Intl.Segmenter, minUnits: number): WordSpans {
	const spans: number[] = [];
	let byte = 0;
	for (let start = 0; start < text.length;) {
		const end = gapAfter(text, start + minUnits);
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
 * End of the first gap at or after `unit`, in UTF-16 code units, or the end of the text. If there is no gap nearby (in
 * a script without spaces), a word may be split in two to keep the time bounded.
 */
function gapAfter(text: string, unit: number): number {
	if (unit >= text.length) return text.length;
	GAP.lastIndex = 0;
	const gap = GAP.exec(text.slice(unit, unit + MAX_UNITS_TO_GAP));
	if (gap) return unit + gap.index + gap[0].length;
	const end = Math.min(text.length, unit + MAX_UNITS_TO_GAP);
	return splitsPair(text, end) ? end - 1 : end;
}

function canTellWords(script: string, bcp47: string | null): boolean {
	if (!Object.hasOwn(UNSPACED, script)) return true;
	const dictionaries = UNSPACED[script];
	return bcp47 === null ? dictionaries.length > 0 : dictionaries.includes(bcp47.split('-')[0]);
}

const segmenter = (bcp47: string | null): Intl.Segmenter =>
	new Intl.Segmenter(bcp47 ?? 'und', { granularity: 'word' });
