/** Coverage: whether a tokenizer represents all of a text. Dropped bytes make the token count understate the cost. */
import type { TextMeasure } from './types';

/** Minimum number of tokens per dropped byte for a text to have a premium. */
const MIN_TOKENS_PER_DROPPED_BYTE = 100;

/**
 * Whether the tokens represent all of a text, apart from a negligible number of dropped bytes. Each dropped byte would
 * have added at most one token, so the token count is at most 1% too low. Without this limit, the more bytes a
 * tokenizer dropped, the cheaper the text would look.
 */
export const isLossless = ({
	tokens,
	droppedBytes
}: Pick<TextMeasure, 'tokens' | 'droppedBytes'>): boolean =>
	droppedBytes * MIN_TOKENS_PER_DROPPED_BYTE <= tokens;

export interface Coverage {
	readonly measured: number;
	/** Number of measured languages that are excluded from the premiums. */
	readonly excluded: number;
	/** Whether the baseline is excluded; if so, there are no premiums. */
	readonly isBaselineExcluded: boolean;
}

/** @param baseline `undefined` before it is measured */
export const coverageOf = (
	measures: readonly TextMeasure[],
	baseline: TextMeasure | undefined
): Coverage => ({
	measured: measures.length,
	excluded: measures.filter((measure) => !isLossless(measure)).length,
	isBaselineExcluded: baseline !== undefined && !isLossless(baseline)
});

/** Tells the user which languages are excluded and why; `null` if none are. */
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
