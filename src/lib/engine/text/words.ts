/** Shared wording: numbers, counted nouns and error messages. */

// The ESLint rule bans functions that depend on the host's Unicode tables, but number formatting does not.
// eslint-disable-next-line no-restricted-syntax
const whole = new Intl.NumberFormat('en');

/** 1,234,567 */
export const formatCount = (value: number): string => whole.format(value);

/**
 * A counted noun: "1 token", "2,345 tokens".
 * @param many the plural, if it isn't `one` with an "s"
 */
export const plural = (count: number, one: string, many = `${one}s`): string =>
	`${formatCount(count)} ${count === 1 ? one : many}`;

/**
 * Formats a share as a percentage with one decimal (33.3%), or none if it is a whole number (50%) or at least 1000%.
 * Below 0.1%, it has two significant digits: 0.034%. Nothing is rounded to 0% or 100%: 99.97% is "over 99.9%".
 */
export function formatShare(share: number): string {
	const percent = Number((100 * share).toFixed(9));
	if (Number.isInteger(percent) || percent >= 1000) return `${formatCount(Math.round(percent))}%`;
	if (percent < 0.1) return `${Number(percent.toPrecision(2))}%`;
	const rounded = percent.toFixed(1);
	if (rounded === '100.0') return share < 1 ? 'over 99.9%' : 'over 100%';
	return `${rounded}%`;
}

/** Formats a ratio with three digits (247, 15.7, 4.20, 0.97) or, below 0.1, two significant digits (0.0042). */
export function formatRatio(value: number): string {
	const rounded = Number(value.toPrecision(3));
	const size = Math.abs(rounded);
	if (size >= 100) return formatCount(Math.round(value));
	if (size >= 10) return rounded.toFixed(1);
	return size >= 0.1 || size === 0 ? rounded.toFixed(2) : String(Number(value.toPrecision(2)));
}

/**
 * Message of a thrown value, for use within a sentence. To show the message as a sentence of its own, use `messageOf`
 * from `workers/client.ts`, which capitalises it.
 */
export const reasonOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
