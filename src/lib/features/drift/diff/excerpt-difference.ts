/** UTF-16 units of context to keep before and after a difference. */
const CONTEXT_UNITS = 160;

/** Longest difference that is not shortened, in UTF-16 units. */
const MAX_DIFFERENCE_UNITS = 1200;

/**
 * Excerpts where a text differs from another: `middle` is the part between their common start and end.
 * Never splits a surrogate pair.
 */
export function excerptDifference(text: string, other: string) {
	const shorter = Math.min(text.length, other.length);
	let before = commonLength(shorter, (from, to) => other.startsWith(text.slice(from, to), from));
	let after = commonLength(shorter - before, (from, to) =>
		other.endsWith(text.slice(text.length - to, text.length - from), other.length - from)
	);
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

/**
 * Length of the longest common start or end, by binary search: texts of a megabyte are compared while
 * the page is in use.
 * @param isCommon whether the units from `from` to `to` are the same, given that all earlier ones are
 */
function commonLength(limit: number, isCommon: (from: number, to: number) => boolean): number {
	let low = 0;
	let high = limit;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if (isCommon(low, middle)) low = middle;
		else high = middle - 1;
	}
	return low;
}

const isLowSurrogate = (text: string, unit: number) => /[\uDC00-\uDFFF]/.test(text[unit] ?? '');

/** First UTF-16 units of a text, without half a surrogate pair. */
export const headOf = (text: string, units: number): string =>
	text.slice(0, units).replace(/[\uD800-\uDBFF]$/, '');

const tailOf = (text: string, units: number): string =>
	text.slice(-units).replace(/^[\uDC00-\uDFFF]/, '');
