import type { Decomposition, TextMeasure } from '../../languages/types';

/** One text in one tokenizer, beside the baseline. */
export interface PartsRow {
	readonly key: string;
	readonly name: string;
	readonly parts: Decomposition;
	readonly measure: TextMeasure;
	readonly baseline: TextMeasure;
}

/** Shown if there is no figure. */
export const DASH = '–';

/** Shown if a tokenizer cannot represent part of a text, so that there is no ratio. */
export const DROPPED = 'dropped in part';

/** Tokens per word; `null` if words cannot be told apart, or there are none. */
export const fertility = ({ tokens, words }: TextMeasure): number | null =>
	words === null || words === 0 ? null : tokens / words;

/** Share of words that are one token; `null` as for `fertility`. */
export const oneTokenShare = ({ words, oneTokenWords }: TextMeasure): number | null =>
	words === null || words === 0 || oneTokenWords === null ? null : oneTokenWords / words;

/** Share of bytes that are a token of their own although they are part of a longer character. */
export const fallbackShare = ({ bytes, fallbackBytes }: TextMeasure): number =>
	bytes === 0 ? 0 : fallbackBytes / bytes;
