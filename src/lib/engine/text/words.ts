/** Wording that every library shares: numbers, counted nouns and reasons for errors. */

// The rule guards against the host's Unicode tables, which don't affect numbers.
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
 * Message of a thrown value, for use within a sentence. A page that shows the message alone calls `messageOf` from
 * `workers/client.ts`.
 */
export const reasonOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
