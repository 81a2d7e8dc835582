/** UTF-16 units to keep of what is the same, on either side of the difference. */
const CONTEXT_UNITS = 160;

/** Longest difference that is kept whole, in UTF-16 units. */
const MAX_DIFFERENCE_UNITS = 1200;

/**
 * Excerpts the part of a text that differs from another text: `middle`, between what both begin with
 * and what both end with. Never splits a surrogate pair.
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
 * Length of the longest common start or end. Compares ever shorter runs at once, because texts of a
 * megabyte are compared while the page is in use.
 * @param isCommon whether the units from `from` to `to` are the same; those before `from` are
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

/** The first units of a text, without half a surrogate pair. */
export const headOf = (text: string, units: number): string =>
	text.slice(0, units).replace(/[\uD800-\uDBFF]$/, '');

const tailOf = (text: string, units: number): string =>
	text.slice(-units).replace(/^[\uDC00-\uDFFF]/, '');
