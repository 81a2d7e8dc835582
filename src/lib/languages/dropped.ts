/** Coverage: whether a tokenizer represents a whole text, so that its tokens say what the text costs. */
import type { TextMeasure } from './types';

/** Tokens per dropped byte from which a text is still measured. */
const MIN_TOKENS_PER_DROPPED_BYTE = 100;

/**
 * Whether all of a text is in its tokens, or so little is dropped that it does not matter: a dropped byte
 * would be at most one more token, so the count is at most 1 % too low. A text that loses more would look
 * cheap, and cheaper the more of it is missing.
 */
export const isLossless = ({
	tokens,
	droppedBytes
}: Pick<TextMeasure, 'tokens' | 'droppedBytes'>): boolean =>
	droppedBytes * MIN_TOKENS_PER_DROPPED_BYTE <= tokens;

/** Coverage of one tokenizer over the languages that were measured. */
export interface Losses {
	/** Number of languages that are excluded. */
	readonly languages: number;
	/** Number of languages that were measured. */
	readonly of: number;
	/** Whether the baseline is excluded: then there are no ratios at all. */
	readonly baseline: boolean;
}

/** @param baseline `undefined` until it is measured */
export const lossesOf = (
	measures: readonly TextMeasure[],
	baseline: TextMeasure | undefined
): Losses => ({
	languages: measures.filter((measure) => !isLossless(measure)).length,
	of: measures.length,
	baseline: baseline !== undefined && !isLossless(baseline)
});

/** Note for users on what is excluded and why; `null` if nothing is. */
export function describeLosses(
	{ languages, of, baseline }: Losses,
	names: { readonly tokenizer: string; readonly baseline: string }
): string | null {
	if (baseline) {
		return `${names.tokenizer} has no tokens for part of the text in ${names.baseline}, the baseline, and drops it, so there are no ratios. Choose another baseline, or a tokenizer trained with all 256 bytes.`;
	}
	if (languages === 0) return null;
	return `${names.tokenizer} has no tokens for part of the text in ${languages} of ${of} languages, and drops it. They would look cheap, so they have no ratio and are excluded from its fairness.`;
}
