/** Whether a tokenizer carries a text, so that its tokens say what the text costs. */
import type { TextMeasure } from './types';

/** A text in which one byte is lost for so many tokens is still measured. */
const TOKENS_A_LOST_BYTE = 100;

/**
 * Whether all of a text is in its tokens, or so little is lost that it does not matter: a lost byte would
 * be one token more at most, so the count is less than 1 % too low. A text of which more is lost would
 * look cheap, the cheaper the more of it is missing.
 */
export const isLossless = ({
	tokens,
	lostBytes
}: Pick<TextMeasure, 'tokens' | 'lostBytes'>): boolean => lostBytes * TOKENS_A_LOST_BYTE <= tokens;

/** What one tokenizer does not carry, of the languages that were measured. */
export interface Losses {
	/** Languages that are left out, and of how many. */
	readonly languages: number;
	readonly of: number;
	/** Whether the baseline is among them: then there are no ratios at all. */
	readonly baseline: boolean;
}

/** @param measures of the languages @param baseline undefined while it is not measured */
export const lossesOf = (
	measures: readonly TextMeasure[],
	baseline: TextMeasure | undefined
): Losses => ({
	languages: measures.filter((measure) => !isLossless(measure)).length,
	of: measures.length,
	baseline: baseline !== undefined && !isLossless(baseline)
});

/** What is left out and why, for people; null where nothing is. @param names of tokenizer and baseline */
export function lossWords(
	{ languages, of, baseline }: Losses,
	names: { readonly tokenizer: string; readonly baseline: string }
): string | null {
	if (baseline) {
		return `${names.tokenizer} has no tokens for part of the text in ${names.baseline}, the baseline, and drops it, so there are no ratios. Take another baseline, or a tokenizer trained with all 256 bytes.`;
	}
	if (languages === 0) return null;
	return `${names.tokenizer} has no tokens for part of the text in ${languages} of ${of} languages, and drops it. They would look cheap, so they have no ratio and are left out of its fairness.`;
}
