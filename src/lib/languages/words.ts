import { byteLength, splitsPair } from '../engine/text';
import type { WordSpans } from './types';

/**
 * Scripts without spaces between words, and the languages for which `Intl.Segmenter` (ICU) has a
 * dictionary. ICU splits every text of such a script with that dictionary, even Shan with the Burmese one.
 * Without a dictionary it takes a syllable (Tibetan) or a whole sentence (Javanese) for a word. Such words
 * would be wrong, so these languages have none.
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
 * The words of a text: the word-like segments of `Intl.Segmenter`. `null` if they cannot be told apart.
 * In languages that put spaces between syllables, such as Vietnamese, each syllable is a word.
 * @param script as from scriptOf
 * @param bcp47 of the language; `null` if unknown: the dictionary's language is assumed
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
 * UTF-16 code units given to the segmenter at once: in some engines its time grows with the square of the
 * length (Node 20 takes 14 seconds for 240,000).
 */
const SEGMENTED_UNITS = 4096;

/** UTF-16 code units searched for a gap. */
const MAX_UNITS_TO_GAP = 4096;

/** A line end, or a space before a letter: no word crosses either (UAX #29, WB3a and WB999). */
const GAP = /\n|[ ](?=\p{L})/gu;

/** @param minUnits UTF-16 code units segmented at once, at least, up to the next gap */
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
 * UTF-16 code unit after the first gap at or after `unit`, or the end. If none comes soon (in a script
 * without spaces), a word may be split in two, so that the time stays bounded.
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
