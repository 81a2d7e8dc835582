/** Where the words of a text are. */
import { byteLength } from '../../engine/text/utf8';
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
	const spans: number[] = [];
	let unit = 0;
	let byte = 0;
	for (const { segment, index, isWordLike } of segmenter(bcp47).segment(text)) {
		byte += byteLength(text, unit, index);
		unit = index;
		if (isWordLike) spans.push(byte, byte + byteLength(segment));
	}
	return Uint32Array.from(spans);
}

function canTellWords(script: string, bcp47: string | null): boolean {
	if (!Object.hasOwn(UNSPACED, script)) return true;
	const dictionaries = UNSPACED[script];
	return bcp47 === null ? dictionaries.length > 0 : dictionaries.includes(bcp47.split('-')[0]);
}

const segmenter = (bcp47: string | null): Intl.Segmenter =>
	new Intl.Segmenter(bcp47 ?? 'und', { granularity: 'word' });
