/** UTF-16 code units of context to keep before and after a difference. */
const CONTEXT_UNITS = 160;

/** Length above which a difference is shortened, in UTF-16 code units. */
const MAX_DIFFERENCE_UNITS = 1200;

/**
 * Excerpts the part of `text` that differs from `other`: `middle` is what lies between the start and end that both
 * texts share. Never splits a surrogate pair.
 */
export function excerptDifference(text: string, other: string) {
	const shorter = Math.min(text.length, other.length);
	let before = 0;
	while (before < shorter && text.charCodeAt(before) === other.charCodeAt(before)) before++;
	let after = 0;
	while (after < shorter - before && fromEnd(text, after) === fromEnd(other, after)) after++;
	if (before > 0 && isLowSurrogate(text, before)) before--;
	if (after > 0 && isLowSurrogate(text, text.length - after)) after--;
	const [start, end] = [text.slice(0, before), text.slice(text.length - after)];
	const middle = text.slice(before, text.length - after);
	const half = MAX_DIFFERENCE_UNITS / 2;
	return {
		before: before > CONTEXT_UNITS ? `…${tailOf(start, CONTEXT_UNITS)}` : start,
		middle:
			middle.length > MAX_DIFFERENCE_UNITS
				? `${headOf(middle, half)} … ${tailOf(middle, half)}`
				: middle,
		after: after > CONTEXT_UNITS ? `${headOf(end, CONTEXT_UNITS)}…` : end
	};
}

const fromEnd = (text: string, unit: number) => text.charCodeAt(text.length - 1 - unit);

const isLowSurrogate = (text: string, unit: number) => /[\uDC00-\uDFFF]/.test(text[unit] ?? '');

/** Returns up to the first `units` UTF-16 code units of a text, without splitting a surrogate pair. */
export const headOf = (text: string, units: number): string =>
	text.slice(0, units).replace(/[\uD800-\uDBFF]$/, '');

const tailOf = (text: string, units: number): string =>
	text.slice(-units).replace(/^[\uDC00-\uDFFF]/, '');
