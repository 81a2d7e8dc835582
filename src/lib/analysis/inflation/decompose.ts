import type { Decomposition, TextMeasure } from './types';

type Sizes = Pick<TextMeasure, 'tokens' | 'bytes' | 'chars'>;

/**
 * Splits the ratio of tokens into parts that multiply to it:
 * tokens = (bytes / char) · chars · (tokens / byte), each divided by the same of the baseline.
 * Null where the text or the baseline is empty: nothing can be divided by it.
 */
export function decompose(measure: Sizes, baseline: Sizes): Decomposition | null {
	if ([measure, baseline].some(({ tokens, chars }) => tokens === 0 || chars === 0)) return null;
	return {
		ratio: measure.tokens / baseline.tokens,
		bytesPerChar: measure.bytes / measure.chars / (baseline.bytes / baseline.chars),
		length: measure.chars / baseline.chars,
		tokensPerByte: measure.tokens / measure.bytes / (baseline.tokens / baseline.bytes)
	};
}
