/** Hebrew, Arabic and the other scripts that are written from right to left, and the right-to-left mark. */
const RIGHT_TO_LEFT =
	/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}\u200f]/u;

export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/** Isolates right-to-left text inside a sentence, so that it does not reorder the numbers and signs next to it. */
export const isolate = (text: string): string =>
	isRightToLeft(text) ? `\u2068${text}\u2069` : text;
