/** Parts of the sentences of every library: numbers, counted nouns and the words of errors. */

// No property of characters decides how a number is written.
// eslint-disable-next-line no-restricted-syntax
const whole = new Intl.NumberFormat('en');

/** 1,234,567 */
export const formatCount = (value: number): string => whole.format(value);

/**
 * A counted noun: "1 token", "2,345 tokens".
 * @param many the plural, if it is not `one` with an "s"
 */
export const plural = (count: number, one: string, many = `${one}s`): string =>
	`${formatCount(count)} ${count === 1 ? one : many}`;

/**
 * Message of whatever was thrown, to complete a sentence. A page that shows it alone calls `messageOf` of
 * `workers/client.ts`.
 */
export const reasonOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
