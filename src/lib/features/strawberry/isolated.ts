/** Hebrew, Arabic and other scripts that are written from right to left. */
const RIGHT_TO_LEFT =
	/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** Text of the user's inside a sentence: one from right to left does not turn around the numbers and signs beside it. */
export const isolated = (text: string): string =>
	isRightToLeft(text) ? `\u2068${text}\u2069` : text;
