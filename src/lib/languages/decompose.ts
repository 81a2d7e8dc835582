import { isLossless } from './dropped';
import type { Decomposition, TextMeasure } from './types';

type Sizes = Pick<TextMeasure, 'tokens' | 'bytes' | 'chars' | 'droppedBytes'>;

const canDivide = (sizes: Sizes): boolean =>
	sizes.tokens > 0 && sizes.chars > 0 && isLossless(sizes);

/**
 * Tokens of a text per token of the baseline: its premium (Petrov et al. 2023). `null` if the text or the
 * baseline is empty, or if the tokenizer drops some of either: its tokens then do not say what it costs.
 */
export const ratioOf = (measure: Sizes, baseline: Sizes): number | null =>
	canDivide(measure) && canDivide(baseline) ? measure.tokens / baseline.tokens : null;

/**
 * Splits the ratio of tokens into parts that multiply to it:
 * tokens = (bytes / char) · chars · (tokens / byte), each divided by the same of the baseline.
 * `null` if there is no ratio: see {@link ratioOf}.
 */
export function decompose(measure: Sizes, baseline: Sizes): Decomposition | null {
	const ratio = ratioOf(measure, baseline);
	if (ratio === null) return null;
	return {
		ratio,
		bytesPerChar: measure.bytes / measure.chars / (baseline.bytes / baseline.chars),
		length: measure.chars / baseline.chars,
		tokensPerByte: measure.tokens / measure.bytes / (baseline.tokens / baseline.bytes)
	};
}
