/** What the parts of the Inflation page are given. */
import type { Decomposition, TextMeasure } from '../../languages/types';

/** One text in one tokenizer beside the baseline. */
export interface PartsRow {
	readonly key: string;
	readonly name: string;
	readonly parts: Decomposition;
	readonly measure: TextMeasure;
	readonly baseline: TextMeasure;
}

/** Shown where nothing can be said. */
export const DASH = '–';

/** Said where a tokenizer has no tokens for part of a text, so that there is no ratio. */
export const DROPPED = 'dropped in part';

/** Tokens a word; null where words cannot be told, or there are none. */
export const fertility = ({ tokens, words }: TextMeasure): number | null =>
	words === null || words === 0 ? null : tokens / words;

/** Share of words that are one token, likewise. */
export const oneTokenShare = ({ words, oneTokenWords }: TextMeasure): number | null =>
	words === null || words === 0 || oneTokenWords === null ? null : oneTokenWords / words;

/** Share of bytes that stand alone as a token although they are part of a longer character. */
export const fallbackShare = ({ bytes, fallbackBytes }: TextMeasure): number =>
	bytes === 0 ? 0 : fallbackBytes / bytes;
