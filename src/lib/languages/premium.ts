/** Figures derived from a text's measures, with and without a baseline. */
import { isLossless } from './dropped';
import type { Decomposition, TextMeasure } from './types';

/** Default baseline for premiums. */
export const BASELINE = 'eng';

type Sizes = Pick<TextMeasure, 'tokens' | 'bytes' | 'chars' | 'droppedBytes'>;

const canDivide = (sizes: Sizes): boolean =>
	sizes.tokens > 0 && sizes.chars > 0 && isLossless(sizes);

/**
 * Tokens in a text per token in the baseline text (Petrov et al. 2023, https://arxiv.org/abs/2305.15425). `null` if the
 * text or the baseline is empty, or if the tokenizer drops part of either, because the token count would then
 * understate the cost.
 */
export const premiumOf = (measure: Sizes, baseline: Sizes): number | null =>
	canDivide(measure) && canDivide(baseline) ? measure.tokens / baseline.tokens : null;

/**
 * Splits the premium into factors: tokens = (bytes / char) · chars · (tokens / byte), each divided by the baseline's.
 * `null` if there is no premium: see {@link premiumOf}.
 */
export function decompose(measure: Sizes, baseline: Sizes): Decomposition | null {
	const premium = premiumOf(measure, baseline);
	if (premium === null) return null;
	return {
		premium,
		bytesPerChar: measure.bytes / measure.chars / (baseline.bytes / baseline.chars),
		length: measure.chars / baseline.chars,
		tokensPerByte: measure.tokens / measure.bytes / (baseline.tokens / baseline.bytes)
	};
}

/** Tokens per word; `null` if there are no words or word boundaries are unknown. */
export const fertility = ({ tokens, words }: TextMeasure): number | null =>
	words === null || words === 0 ? null : tokens / words;

/** Share of words that are one token; `null` in the same cases as {@link fertility}. */
export const oneTokenShare = ({ words, oneTokenWords }: TextMeasure): number | null =>
	words === null || words === 0 || oneTokenWords === null ? null : oneTokenWords / words;

/** Share of bytes that are a token of their own despite belonging to a multi-byte character. */
export const fallbackShare = ({ bytes, fallbackBytes }: TextMeasure): number =>
	bytes === 0 ? 0 : fallbackBytes / bytes;
