/** Coverage: whether a tokenizer represents all of a text, so that its tokens say what the text costs. */
import type { TextMeasure } from './types';

/** Tokens per dropped byte from which a text is still measured. */
const MIN_TOKENS_PER_DROPPED_BYTE = 100;

/**
 * Whether all of a text is in its tokens, or so little is dropped that it does not matter: a dropped byte
 * would be at most one more token, so the count is at most 1 % too low. A text that loses more would look
 * cheap, and the cheaper the more is missing.
 */
export const isLossless = ({
	tokens,
	droppedBytes
}: Pick<TextMeasure, 'tokens' | 'droppedBytes'>): boolean =>
	droppedBytes * MIN_TOKENS_PER_DROPPED_BYTE <= tokens;

/** Coverage of the measured languages by one tokenizer. */
export interface Coverage {
	/** Number of languages that were measured. */
	readonly measured: number;
	/** Number of these that are excluded. */
	readonly excluded: number;
	/** Whether the baseline is excluded: then there are no premiums at all. */
	readonly isBaselineExcluded: boolean;
}

/** @param baseline `undefined` until it is measured */
export const coverageOf = (
	measures: readonly TextMeasure[],
	baseline: TextMeasure | undefined
): Coverage => ({
	measured: measures.length,
	excluded: measures.filter((measure) => !isLossless(measure)).length,
	isBaselineExcluded: baseline !== undefined && !isLossless(baseline)
});

/** Note for users on what is excluded and why; `null` if nothing is. */
export function describeExcluded(
	{ measured, excluded, isBaselineExcluded }: Coverage,
	names: { readonly tokenizer: string; readonly baseline: string }
): string | null {
	if (isBaselineExcluded) {
		return `${names.tokenizer} has no tokens for part of the text in ${names.baseline}, the baseline, and drops it, so there are no ratios. Choose another baseline, or a tokenizer trained with all 256 bytes.`;
	}
	if (excluded === 0) return null;
	return `${names.tokenizer} has no tokens for part of the text in ${excluded} of ${measured} languages, and drops it. They would look cheap, so they have no ratio.`;
}
