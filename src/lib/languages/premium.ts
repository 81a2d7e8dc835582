/** Figures of a text in one tokenizer, on its own and against the baseline. */
import { isLossless } from './dropped';
import type { Decomposition, TextMeasure, Fairness } from './types';

type Sizes = Pick<TextMeasure, 'tokens' | 'bytes' | 'chars' | 'droppedBytes'>;

const canDivide = (sizes: Sizes): boolean =>
	sizes.tokens > 0 && sizes.chars > 0 && isLossless(sizes);

/**
 * Tokens of a text per token of the baseline (Petrov et al. 2023, https://arxiv.org/abs/2305.15425).
 * `null` if the text or the baseline is empty, or if the tokenizer drops part of either: its tokens then
 * do not say what the text costs.
 */
export const premiumOf = (measure: Sizes, baseline: Sizes): number | null =>
	canDivide(measure) && canDivide(baseline) ? measure.tokens / baseline.tokens : null;

/**
 * Splits the premium into parts that multiply to it:
 * tokens = (bytes / char) · chars · (tokens / byte), each divided by the same of the baseline.
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

/** Tokens per word; `null` if words cannot be told apart, or there are none. */
export const fertility = ({ tokens, words }: TextMeasure): number | null =>
	words === null || words === 0 ? null : tokens / words;

/** Share of words that are one token; `null` as for {@link fertility}. */
export const oneTokenShare = ({ words, oneTokenWords }: TextMeasure): number | null =>
	words === null || words === 0 || oneTokenWords === null ? null : oneTokenWords / words;

/** Whole parts of a text, from its start, that fit into a number of tokens; `null` for a text without parts. */
export const partsThatFit = ({ partTokens }: TextMeasure, tokens: number): number | null =>
	partTokens && partTokens.filter((end) => end <= tokens).length;

/** Share of bytes that are a token of their own although they are part of a longer character. */
export const fallbackShare = ({ bytes, fallbackBytes }: TextMeasure): number =>
	bytes === 0 ? 0 : fallbackBytes / bytes;

/**
 * Fairness of a tokenizer across the languages whose premiums are given, each counted once.
 * @param premiums positive numbers
 * @returns `null` for an empty list
 */
export function fairness(premiums: readonly number[]): Fairness | null {
	const languages = premiums.length;
	if (languages === 0) return null;
	const rising = premiums.toSorted((a, b) => a - b);
	const half = languages >>> 1;
	const worst = rising[languages - 1];
	const share = (limit: number) => premiums.filter((premium) => premium > limit).length / languages;
	return {
		languages,
		median: languages % 2 === 1 ? rising[half] : (rising[half - 1] + rising[half]) / 2,
		worst,
		worstAt: premiums.indexOf(worst),
		above2: share(2),
		above4: share(4)
	};
}
